/// Why an entry's bytes could not be read into a type.
///
/// The description is a sentence for the operator:
/// `commands/dmsetup-info.out:12: expected a device number, found "253;7"`.
public enum ParseError: Error, Hashable, Sendable {
  /// Something else stood where `expectation` was due.
  case expected(_ expectation: String, found: String, path: String, line: Int)
  /// The last line has no end, so nobody knows what is lost behind it.
  case cutShort(path: String, line: Int)
  /// The entry is not the JSON that it should be; `problem` is the reader's sentence.
  case malformedJSON(problem: String, path: String, line: Int)
}

extension ParseError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .expected(let expectation, let found, let path, let line):
      "\(path):\(line): expected \(expectation), found \(found)"
    case .cutShort(let path, let line):
      "\(path):\(line): the last line is cut short"
    case .malformedJSON(let problem, let path, let line):
      "\(path):\(line): \(problem)"
    }
  }
}

/// Bytes quoted for a message: printable ASCII as it is, all else as `\xNN`, cut at 40 bytes.
enum Excerpt {
  private static let limit = 40

  static func quoting(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    if range.isEmpty { return "nothing" }
    var text = "\""
    for index in range.prefix(limit) {
      let byte = bytes[index]
      if byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\\") {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "\\x" + hexadecimal(byte)
      }
    }
    return text + (range.count > limit ? "…\"" : "\"")
  }

  /// Returns a byte as two lower-case hex digits.
  static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.utf8.count == 1 ? "0" + digits : digits
  }
}

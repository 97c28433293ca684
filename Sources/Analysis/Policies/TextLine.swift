import BundleFormat
import NodeState

/// A line of an entry, for what is read as a shell would.
struct TextLine {
  let bytes: ArraySlice<UInt8>
  let location: SourceLocation

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Returns every line of an entry's bytes, without its break.
  static func all(in content: [UInt8], entry: Int) -> [TextLine] {
    var lines: [TextLine] = []
    var start = 0
    while start < content.count {
      let end = content[start...].firstIndex(of: UInt8(ascii: "\n")) ?? content.count
      lines.append(
        TextLine(
          bytes: content[start..<end],
          location: SourceLocation(entry: entry, line: lines.count + 1, range: start..<end)))
      start = end + 1
    }
    return lines
  }
}

extension Collection where Element == UInt8 {
  /// Whether the bytes of a text stand somewhere among these.
  func contains(_ text: String) -> Bool { firstRange(of: text) != nil }

  /// Where the bytes of a text stand first.
  func firstRange(of text: String) -> Range<Index>? {
    let wanted = Array(text.utf8)
    var start = startIndex
    while let end = index(start, offsetBy: wanted.count, limitedBy: endIndex) {
      if self[start..<end].elementsEqual(wanted) { return start..<end }
      if start == endIndex { return nil }
      start = index(after: start)
    }
    return nil
  }
}

extension UInt8 {
  var isDecimalDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}

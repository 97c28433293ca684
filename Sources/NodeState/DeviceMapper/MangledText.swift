/// Device mapper's printable form of names and uuids.
///
/// Bytes outside `0-9A-Za-z#+-.:=@_` stand as `\xNN`. Source: LVM2 `libdm/libdm-common.c`,
/// `_is_whitelisted_char`.
enum MangledText {
  /// Whether a byte stands for itself.
  static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: ":"), UInt8(ascii: "@")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "#"), UInt8(ascii: "+"),
      UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "="), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Returns mangled text as it is; nil where a byte should have been mangled, or a `\` opens no
  /// `\xNN`.
  static func checked(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String? {
    var index = range.lowerBound
    while index < range.upperBound {
      if isPlain(bytes[index]) {
        index += 1
        continue
      }
      guard bytes[index] == UInt8(ascii: "\\"), index + 4 <= range.upperBound,
        bytes[index + 1] == UInt8(ascii: "x"),
        Span<UInt8>.hexadecimalDigit(bytes[index + 2]) != nil,
        Span<UInt8>.hexadecimalDigit(bytes[index + 3]) != nil
      else { return nil }
      index += 4
    }
    return bytes.text(range)
  }

  /// Returns text with its unprintable bytes mangled; what is mangled already stays.
  static func mangling(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    var text = ""
    for index in range {
      let byte = bytes[index]
      if isPlain(byte) || byte == UInt8(ascii: "\\") {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "\\x" + Excerpt.hexadecimal(byte)
      }
    }
    return text
  }
}

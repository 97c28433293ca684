/// Device mapper's printable form of names and uuids.
///
/// Bytes outside `0-9A-Za-z#+-.:=@_` stand as `\xNN`. Source: LVM2 `libdm/libdm-common.c`,
/// `_is_whitelisted_char`.
enum MangledText {
  /// Whether a byte stands for itself.
  @inline(__always)
  static func isPlain(_ byte: UInt8) -> Bool {
    // A bit a byte: 0 to 3F hex, then 40 to 7F.
    let bits: UInt64 = byte < 0x40 ? 0x27FF_6808_0000_0000 : 0x07FF_FFFE_87FF_FFFF
    return byte < 0x80 && (bits >> UInt64(byte & 0x3F)) & 1 == 1
  }

  /// Whether every byte stands for itself or opens a `\xNN`.
  static func isMangled(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    var index = range.lowerBound
    while index &+ 8 <= range.upperBound, bytes.uncheckedWord(at: index).isOfNameCharacters {
      index &+= 8
    }
    while index < range.upperBound {
      if isPlain(bytes[unchecked: index]) {
        index &+= 1
        continue
      }
      guard bytes[index] == UInt8(ascii: "\\"), index + 4 <= range.upperBound,
        bytes[index + 1] == UInt8(ascii: "x"),
        Span<UInt8>.hexadecimalDigit(bytes[index + 2]) != nil,
        Span<UInt8>.hexadecimalDigit(bytes[index + 3]) != nil
      else { return false }
      index += 4
    }
    return true
  }

  /// Returns mangled text as it is; nil where a byte should have been mangled, or a `\` opens no
  /// `\xNN`.
  static func checked(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String? {
    isMangled(bytes, range) ? bytes.text(range) : nil
  }

  /// How many bytes mangled text stands for.
  static func byteCount(of text: String) -> Int {
    let count = text.utf8.count
    // Most names are short however they are counted.
    if count <= 127 { return count }
    return count - 3 * text.utf8.count { $0 == UInt8(ascii: "\\") }
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

extension UInt64 {
  /// Whether all eight bytes are of `0-9 A-Z a-z - . _`: most names have no others.
  fileprivate var isOfNameCharacters: Bool {
    let folded = self | 0x2020_2020_2020_2020
    return isASCII
      && marks(of: UInt8(ascii: "0")...UInt8(ascii: "9"))
        | folded.marks(of: UInt8(ascii: "a")...UInt8(ascii: "z"))
        | marks(of: UInt8(ascii: "-")...UInt8(ascii: "."))
        | marks(of: UInt8(ascii: "_")...UInt8(ascii: "_")) == Self.allMarks
  }
}

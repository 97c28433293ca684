extension LVMID {
  /// Reads an id in either form from a range.
  init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    guard range.count == 38 else {
      self.init(plain: bytes, range)
      return
    }
    var plain = InlineArray<32, UInt8>(repeating: 0)
    var count = 0
    for (offset, index) in range.enumerated() {
      switch offset {
      case 6, 11, 16, 21, 26, 31:
        guard bytes[index] == UInt8(ascii: "-") else { return nil }
      default:
        plain[count] = bytes[index]
        count += 1
      }
    }
    self.init(plain: plain.span, 0..<32)
  }

  /// Reads the 32 characters without hyphens.
  private init?(plain bytes: Span<UInt8>, _ range: Range<Int>) {
    guard range.count == 32 else { return nil }
    for index in range where !Self.isCharacter(bytes[index]) { return nil }
    let start = range.lowerBound
    self.init(
      words: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self).bigEndian,
      bytes.bytes.unsafeLoadUnaligned(fromByteOffset: start + 8, as: UInt64.self).bigEndian,
      bytes.bytes.unsafeLoadUnaligned(fromByteOffset: start + 16, as: UInt64.self).bigEndian,
      bytes.bytes.unsafeLoadUnaligned(fromByteOffset: start + 24, as: UInt64.self).bigEndian)
  }

  /// `0-9 a-z A-Z ! #`
  @inline(__always)
  private static func isCharacter(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "#")
  }
}

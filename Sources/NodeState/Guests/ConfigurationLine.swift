/// A line `key: value` of a guest's configuration.
struct ConfigurationLine {
  let key: Range<Int>
  let value: Range<Int>

  /// `^([a-z][a-z_\-]*\d*):\s*(.+?)\s*$`; nil for any other line.
  init?(machine line: Range<Int>, in bytes: Span<UInt8>) {
    self.init(line, allowsHyphens: true, in: bytes)
  }

  /// `^([a-z][a-z_]*\d*):\s*(.+?)\s*$`; nil for any other line.
  init?(container line: Range<Int>, in bytes: Span<UInt8>) {
    self.init(line, allowsHyphens: false, in: bytes)
  }

  private init?(_ line: Range<Int>, allowsHyphens: Bool, in bytes: Span<UInt8>) {
    var index = line.lowerBound
    guard index < line.upperBound, bytes[index].isLowerLetter else { return nil }
    while index < line.upperBound,
      bytes[index].isLowerLetter || bytes[index] == UInt8(ascii: "_")
        || (allowsHyphens && bytes[index] == UInt8(ascii: "-"))
    {
      index += 1
    }
    while index < line.upperBound, bytes[index].isDigit { index += 1 }
    guard index < line.upperBound, bytes[index] == UInt8(ascii: ":") else { return nil }
    key = line.lowerBound..<index
    value = bytes.trimmed((index + 1)..<line.upperBound)
    if value.isEmpty { return nil }
  }

  /// Returns what stands between `[` and `]` of a heading; nil for any other line.
  static func heading(_ line: Range<Int>, in bytes: Span<UInt8>) -> Range<Int>? {
    guard line.count >= 2, bytes[line.lowerBound] == UInt8(ascii: "["),
      bytes[line.upperBound - 1] == UInt8(ascii: "]")
    else { return nil }
    return (line.lowerBound + 1)..<(line.upperBound - 1)
  }

  /// Whether the value could name a volume or a device at all.
  func canMention(in bytes: Span<UInt8>) -> Bool {
    value.count >= 5
      && (bytes.firstIndex(of: UInt8(ascii: ":"), in: value) != nil
        || bytes.firstIndex(of: UInt8(ascii: "/"), in: value) != nil)
  }
}

extension Span where Element == UInt8 {
  /// Whether a range holds the lower-case ASCII text in any case.
  func equalsIgnoringCase(_ range: Range<Int>, _ text: StaticString) -> Bool {
    guard range.count == text.utf8CodeUnitCount else { return false }
    for (offset, index) in range.enumerated() where self[index] | 0x20 != text.utf8Start[offset] {
      return false
    }
    return true
  }

  /// Whether a heading is `special:NAME`, of which only the first word may be in any case.
  func special(_ heading: Range<Int>, is name: StaticString) -> Bool {
    guard heading.count > 8,
      equalsIgnoringCase(heading.lowerBound..<(heading.lowerBound + 7), "special"),
      self[heading.lowerBound + 7] == UInt8(ascii: ":")
    else { return false }
    return equals((heading.lowerBound + 8)..<heading.upperBound, name)
  }
}

extension JSONScanner {
  /// Whether the last key or string is that text.
  public func matches(_ text: StaticString) -> Bool {
    if hasEscapes { return self.text == "\(text)" }
    guard range.count == text.utf8CodeUnitCount else { return false }
    let expected = text.utf8Start
    let span = bytes.span
    for offset in 0..<range.count where span[range.lowerBound + offset] != expected[offset] {
      return false
    }
    return true
  }

  /// The last key or string, decoded; of another token, its bytes.
  public var text: String { text(in: range, hasEscapes: hasEscapes) }

  /// Decodes a key or string that was read before.
  ///
  /// - Parameters:
  ///   - range: Its ``range``.
  ///   - hasEscapes: Its ``hasEscapes``.
  public func text(in range: Range<Int>, hasEscapes: Bool) -> String {
    let slice = bytes[range.clamped(to: 0..<bytes.count)]
    return String(decoding: hasEscapes ? slice.unescaped[...] : slice, as: UTF8.self)
  }

  /// The last token as an integer, whether it is a number or a string of digits as LVM's reports have
  /// it; nil for any other form and beyond 64 bits.
  public var integer: Int? {
    let span = bytes.span
    var position = range.lowerBound
    let isNegative = position < range.upperBound && span[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    guard position < range.upperBound else { return nil }
    var result = 0
    while position < range.upperBound {
      let digit = span[position] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      let (product, overflows) = result.multipliedReportingOverflow(by: 10)
      let (next, overflowsToo) = product.subtractingReportingOverflow(Int(digit))
      if overflows || overflowsToo { return nil }
      result = next
      position += 1
    }
    // Summed up below zero, where one number more has room.
    if isNegative { return result }
    return result == .min ? nil : -result
  }

  /// The last number; nil for another token.
  public var double: Double? { Double(String(decoding: bytes[range], as: UTF8.self)) }
}

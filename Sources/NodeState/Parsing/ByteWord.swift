/// Eight bytes of text, looked at together.
///
/// Source: the range tests of Hacker's Delight, 6-1; bytes below 80 hex cannot carry into the next.
extension UInt64 {
  /// The highest bit of each byte.
  static var allMarks: UInt64 { 0x8080_8080_8080_8080 }

  /// Whether no byte is 80 hex or more.
  @inline(__always)
  var isASCII: Bool { self & Self.allMarks == 0 }

  /// Returns the highest bit of each byte that is within a range; of ASCII alone.
  @inline(__always)
  func marks(of range: ClosedRange<UInt8>) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let reached = self &+ ones &* UInt64(0x80 &- range.lowerBound)
    let passed = self &+ ones &* UInt64(0x7F &- range.upperBound)
    return reached & ~passed & Self.allMarks
  }
}

/// A walk over the parts of a range that one byte parts; empty parts are returned, too.
struct PartWalk {
  private var start: Int?
  private let end: Int
  private let separator: UInt8

  init(_ range: Range<Int>, by separator: UInt8) {
    start = range.lowerBound
    end = range.upperBound
    self.separator = separator
  }

  /// Returns the next part; nil at the end.
  mutating func next(in bytes: Span<UInt8>) -> Range<Int>? {
    guard let from = start else { return nil }
    let to = bytes.firstIndex(of: separator, in: from..<end)
    start = to.map { $0 + 1 }
    return from..<(to ?? end)
  }
}

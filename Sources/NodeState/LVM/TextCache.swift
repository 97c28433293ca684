import BundleFormat

/// The text of a column that mostly repeats the row before, made once for a run of equal values.
struct TextCache {
  private var text = ""
  private var bytes: [UInt8] = []

  /// Returns a range's text.
  @inline(__always)
  mutating func text(_ span: Span<UInt8>, _ range: Range<Int>) -> String {
    // Short texts are kept in the string itself: making one costs less than comparing.
    if range.count <= 15 && range.count != bytes.count { return span.text(range) }
    if span.equals(range, 0..<bytes.count, of: bytes.span) { return text }
    text = span.text(range)
    bytes = Array(text.utf8)
    return text
  }
}

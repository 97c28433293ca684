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

/// Seconds since the epoch of LVM's times, `2026-11-22 20:03:16 +0000`, with each day worked out once.
struct TimeCache {
  private var days: [Int: Int64] = [:]

  /// Reads a time; nil for an empty or another text.
  mutating func time(_ span: Span<UInt8>, _ range: Range<Int>) -> Timestamp? {
    guard range.count == 25, span.equals((range.upperBound - 6)..<range.upperBound, " +0000"),
      let hour = number(span, range, at: 11), let minute = number(span, range, at: 14),
      let second = number(span, range, at: 17), hour < 24, minute < 60, second < 61,
      let year = span.integer(range.lowerBound..<(range.lowerBound + 4)),
      let month = number(span, range, at: 5), let day = number(span, range, at: 8),
      span[range.lowerBound + 10] == UInt8(ascii: " "),
      span[range.lowerBound + 13] == UInt8(ascii: ":"),
      span[range.lowerBound + 16] == UInt8(ascii: ":")
    else { return Timestamp(span.text(range)) }
    let key = (year * 100 + month) * 100 + day
    let midnight: Int64
    if let known = days[key] {
      midnight = known
    } else {
      let date = span.text(range.lowerBound..<(range.lowerBound + 10))
      guard let moment = Timestamp("\(date)T00:00:00Z") else { return nil }
      midnight = moment.secondsSinceEpoch
      days[key] = midnight
    }
    return Timestamp(secondsSinceEpoch: midnight + Int64(hour * 3600 + minute * 60 + second))
  }

  private func number(_ span: Span<UInt8>, _ range: Range<Int>, at offset: Int) -> Int? {
    span.integer((range.lowerBound + offset)..<(range.lowerBound + offset + 2))
  }
}

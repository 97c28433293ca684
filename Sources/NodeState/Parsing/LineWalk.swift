/// A walk over the lines of a text. A line break at the end opens no line of its own.
struct LineWalk {
  /// The number of the line returned last, from 1; 0 before the first.
  private(set) var number = 0
  /// Where the next line starts.
  private(set) var position = 0

  /// Returns the next line without its break; nil at the end.
  @inline(__always)
  mutating func next(in bytes: Span<UInt8>) -> Range<Int>? {
    guard position < bytes.count else { return nil }
    let start = position
    let end = bytes.firstIndex(of: UInt8(ascii: "\n"), in: start..<bytes.count) ?? bytes.count
    number += 1
    position = end + 1
    return start..<end
  }

  /// What is still to be walked, from the start of the next line.
  func rest(in bytes: Span<UInt8>) -> Range<Int> { min(position, bytes.count)..<bytes.count }

  /// Goes behind the next line, which is known to end there; false, without a step, where it goes on.
  @inline(__always)
  mutating func skip(to end: Int, in bytes: Span<UInt8>) -> Bool {
    guard end < bytes.count, bytes[end] == UInt8(ascii: "\n") else { return false }
    number += 1
    position = end + 1
    return true
  }

  /// Goes behind whole lines that another text has, too; false, without a step, where others stand.
  ///
  /// - Parameters:
  ///   - range: The lines in the other text, without the last one's break.
  ///   - count: How many they are.
  @inline(__always)
  mutating func skip(
    _ range: Range<Int>, count: Int, of other: Span<UInt8>, in bytes: Span<UInt8>
  ) -> Bool {
    let end = position + range.count
    guard end < bytes.count, bytes[end] == UInt8(ascii: "\n"),
      bytes.equals(position..<end, range, of: other)
    else { return false }
    number += count
    position = end + 1
    return true
  }
}

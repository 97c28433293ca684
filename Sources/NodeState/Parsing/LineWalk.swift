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

/// A walk over the parts of a line that blanks part.
struct FieldWalk {
  /// What is still to be walked.
  private(set) var rest: Range<Int>

  init(_ range: Range<Int>) { rest = range }

  /// Returns the next field; nil at the end.
  mutating func next(in bytes: Span<UInt8>) -> Range<Int>? {
    precondition(rest.lowerBound >= 0 && rest.upperBound <= bytes.count)
    let stop = rest.upperBound
    var start = rest.lowerBound
    while start < stop, bytes[unchecked: start].isBlank { start &+= 1 }
    var end = start
    while end < stop, !bytes[unchecked: end].isBlank { end &+= 1 }
    rest = end..<stop
    return start < end ? start..<end : nil
  }

  /// Returns the last of the fields that are left; nil when there is none.
  mutating func last(in bytes: Span<UInt8>) -> Range<Int>? {
    precondition(rest.lowerBound >= 0 && rest.upperBound <= bytes.count)
    var end = rest.upperBound
    while end > rest.lowerBound, bytes[unchecked: end &- 1].isBlank { end &-= 1 }
    var start = end
    while start > rest.lowerBound, !bytes[unchecked: start &- 1].isBlank { start &-= 1 }
    rest = rest.lowerBound..<start
    return start < end ? start..<end : nil
  }

  /// Returns all fields that are left.
  mutating func all(in bytes: Span<UInt8>) -> [Range<Int>] {
    var fields: [Range<Int>] = []
    while let field = next(in: bytes) { fields.append(field) }
    return fields
  }
}

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

/// A walk along a line whose form is known.
///
/// The collector's probes write each of their lines alike, and a big node has tens of thousands of them.
/// Such a line is taken apart this way, without JSON's grammar; whoever sees the walk stop reads the line
/// as JSON.
struct FormWalk: Sendable {
  private(set) var position: Int
  private let start: Int
  private let end: Int

  init(_ range: Range<Int>) {
    (position, start, end) = (range.lowerBound, range.lowerBound, range.upperBound)
  }

  /// What has been walked.
  var walked: Range<Int> { start..<position }

  /// Whether the text is over.
  var isAtEnd: Bool { position == end }

  /// Goes on behind a text that stands here; false, without a step, where there is another.
  @inline(__always)
  mutating func skip(_ text: StaticString, in bytes: Span<UInt8>) -> Bool {
    guard bytes.starts(position..<end, with: text) else { return false }
    position += text.utf8CodeUnitCount
    return true
  }

  /// Goes to the next quote, and returns what stands before it; nil unless all of that is plain ASCII
  /// without an escape.
  @inline(__always)
  mutating func text(in bytes: Span<UInt8>) -> Range<Int>? {
    let start = position
    let quote = bytes.firstOutsideText(from: start)
    guard quote < end, bytes[quote] == UInt8(ascii: "\"") else { return nil }
    position = quote
    return start..<quote
  }

  /// Goes behind a whole number; nil for anything else, also for one that JSON would not take or that has
  /// more than 18 digits.
  @inline(__always)
  mutating func number(in bytes: Span<UInt8>) -> Int? {
    let start = position
    let limit = min(end, start + 19)
    precondition(start >= 0 && limit <= bytes.count)
    var (stop, value) = (start, 0)
    while stop < limit {
      let digit = bytes[unchecked: stop] &- UInt8(ascii: "0")
      if digit > 9 { break }
      value = value &* 10 &+ Int(digit)
      stop &+= 1
    }
    let count = stop - start
    guard count > 0, count < 19, count == 1 || bytes[start] != UInt8(ascii: "0") else { return nil }
    position = stop
    return value
  }

  /// Goes behind `253:7`; nil for anything else, and for a number that no device has.
  @inline(__always)
  mutating func device(in bytes: Span<UInt8>) -> DeviceNumber? {
    guard let major = number(in: bytes), major <= 4095, skip(":", in: bytes),
      let minor = number(in: bytes), minor <= 1_048_575
    else { return nil }
    return DeviceNumber(major: UInt32(major), minor: UInt32(minor))
  }

  /// Goes behind `true` or `false`; nil for anything else.
  @inline(__always)
  mutating func flag(in bytes: Span<UInt8>) -> Bool? {
    if skip("true", in: bytes) { return true }
    return skip("false", in: bytes) ? false : nil
  }

  /// Goes behind a list of plain texts, and hands over each; false for anything else.
  @inline(__always)
  mutating func list(in bytes: Span<UInt8>, _ take: (Range<Int>) -> Void) -> Bool {
    guard skip("[", in: bytes) else { return false }
    if skip("]", in: bytes) { return true }
    while skip("\"", in: bytes), let text = text(in: bytes), skip("\"", in: bytes) {
      take(text)
      if skip("]", in: bytes) { return true }
      guard skip(",", in: bytes) else { return false }
    }
    return false
  }
}

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

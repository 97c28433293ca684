import BundleFormat

/// Fields of `lvs`. A field that the report lacks is as good as an empty one.
extension ReportRow {
  typealias Column = VolumeReader.Column

  @inline(__always)
  func isRepeated(_ column: Column) -> Bool { isRepeated(column.rawValue) }

  /// Whether the volume has the traits of the row before.
  var repeatsTraits: Bool {
    isRepeated(.groupName) && isRepeated(.groupID) && isRepeated(.attributes)
      && isRepeated(.layout) && isRepeated(.role) && isRepeated(.host) && isRepeated(.pool)
      && isRepeated(.origin) && isRepeated(.health)
  }

  @inline(__always)
  func optional(_ column: Column) -> Range<Int> { range(column.rawValue) ?? 0..<0 }

  @inline(__always)
  func required(_ column: Column) throws(ParseError) -> Range<Int> {
    try requiredRange(column.rawValue)
  }

  func requiredNumber(_ column: Column) throws(ParseError) -> Int {
    guard let number = text.span.integer(try required(column)) else {
      throw unexpected("a number", column)
    }
    return number
  }

  @inline(__always)
  func number(_ column: Column) throws(ParseError) -> Int? {
    let range = optional(column)
    if range.isEmpty { return nil }
    guard let number = text.span.integer(range) else { throw unexpected("a number", column) }
    return number
  }

  func tags(_ column: Column) -> [String] {
    let range = optional(column)
    if range.isEmpty { return [] }
    var parts = PartWalk(range, by: UInt8(ascii: ","))
    var tags: [String] = []
    while let part = parts.next(in: text.span) { tags.append(text.span.text(part)) }
    return tags
  }

  func time(_ column: Column) -> Timestamp? {
    let range = optional(column)
    return range.isEmpty ? nil : Timestamp(text.span, range)
  }

  func unexpected(_ expectation: String, _ column: Column) -> ParseError {
    unexpected(expectation, column.rawValue)
  }
}

extension Span where Element == UInt8 {
  /// Returns a volume's name, nil for none.
  func volumeName(_ range: Range<Int>) -> String? {
    range.isEmpty ? nil : text(withoutBrackets(range))
  }

  /// Returns a range without the brackets that LVM puts around the names of internal volumes.
  @inline(__always)
  func withoutBrackets(_ range: Range<Int>) -> Range<Int> {
    guard range.count > 2, self[range.lowerBound] == UInt8(ascii: "["),
      self[range.upperBound - 1] == UInt8(ascii: "]")
    else { return range }
    return (range.lowerBound + 1)..<(range.upperBound - 1)
  }
}

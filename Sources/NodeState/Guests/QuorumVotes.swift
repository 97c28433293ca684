/// What corosync says of the cluster's votes. Source: `pvecm status`, pvecm(1).
public struct QuorumVotes: Hashable, Sendable {
  public let isQuorate: Bool
  /// Votes that all nodes together have; nil where it isn't said.
  public let expectedVotes: Int?
  /// Votes of the nodes that this one sees.
  public let totalVotes: Int?
  /// The line that says whether the cluster is quorate.
  public let location: SourceLocation

  public init(
    isQuorate: Bool, expectedVotes: Int?, totalVotes: Int?, location: SourceLocation
  ) {
    self.isQuorate = isQuorate
    self.expectedVotes = expectedVotes
    self.totalVotes = totalVotes
    self.location = location
  }
}

extension QuorumVotes {
  /// Reads the votes; nil for an empty answer, which a node of its own gives.
  ///
  /// - Throws: ``ParseError`` for a text that doesn't say whether there is quorum.
  static func parse(
    _ bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) -> QuorumVotes? {
    try origin.requireWholeLines(bytes)
    if bytes.trimmed(0..<bytes.count).isEmpty { return nil }
    var quorate: (value: Bool, location: SourceLocation)?
    var expected: Int?
    var total: Int?
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      guard let colon = bytes.firstIndex(of: UInt8(ascii: ":"), in: line) else { continue }
      let key = bytes.trimmed(line.lowerBound..<colon)
      let value = bytes.trimmed((colon + 1)..<line.upperBound)
      if bytes.equals(key, "Quorate") {
        guard bytes.equals(value, "Yes") || bytes.equals(value, "No") else {
          throw origin.expected("Yes or No", in: bytes, value, line: lines.number)
        }
        quorate = (bytes.equals(value, "Yes"), origin.location(lines.number, line))
      } else if bytes.equals(key, "Expected votes") {
        expected = bytes.integer(value)
      } else if bytes.equals(key, "Total votes") {
        total = bytes.integer(value)
      }
    }
    guard let quorate else {
      throw origin.expected("a line Quorate:", in: bytes, 0..<bytes.count, line: 1)
    }
    return QuorumVotes(
      isQuorate: quorate.value, expectedVotes: expected, totalVotes: total,
      location: quorate.location)
  }
}

/// The last entry of a bundle: what came of each question.
public struct ManifestEnd: Hashable, Sendable {
  public var finishedAt: Timestamp
  public var results: [EntryResult]
  public init(finishedAt: Timestamp, results: [EntryResult]) {
    self.finishedAt = finishedAt
    self.results = results
  }
}

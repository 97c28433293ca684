/// A mapping, its path of decision, what may change it, and what is to be done.
public struct MappingExplanation: Sendable {
  public let facts: MappingFacts
  public let owner: MappingOwner?
  public let path: DecisionPath
  /// All findings about it, among them those beside its own verdict.
  public let findings: [Finding]
  public let doubts: [SourceDoubt]
  public let step: StepStanding
}

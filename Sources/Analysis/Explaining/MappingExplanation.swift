/// A mapping, its path of decision, what may change it, and what is to be done.
public struct MappingExplanation: Sendable {
  public let facts: MappingFacts
  public let owner: MappingOwner?
  public let path: DecisionPath
  /// All findings about it, among them those beside its own verdict.
  public let findings: [Finding]
  public let doubts: [SourceDoubt]
  public let step: StepStanding

  /// What helps: the rule's remedy, unless the plan refuses the mapping.
  public var remedy: String {
    if case .refused(let why) = step { return Remedy.ofRefused(why) }
    return path.verdict.rule.explanation.remedy
  }
}

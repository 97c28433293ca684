/// A mapping's verdict: its one class, the rule that gave it, and why.
public struct Verdict: Sendable {
  public let rule: Rule
  public let classification: Classification
  public let severity: Severity
  private let ground: Ground
  /// What the plan may offer; nil when the rule offers nothing here.
  let step: ProposedStep?

  init(_ rule: Rule, _ match: RuleMatch) {
    self.rule = rule
    classification = rule.classification ?? .unknown
    severity = match.severity ?? rule.severity
    ground = match.ground
    step = match.step
  }

  public var why: String { ground.why }

  public var evidence: [Evidence] { ground.evidence }

  /// Hands over ``why`` part by part.
  public func forEachPart(_ body: (SentencePart) -> Void) { ground.forEachPart(body) }

  /// Hands over ``evidence`` piece by piece.
  public func forEachEvidence(_ body: (Evidence) -> Void) { ground.forEachEvidence(body) }
}

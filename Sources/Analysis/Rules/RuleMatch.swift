import NodeState

/// A rule that fits a mapping.
struct RuleMatch: Sendable {
  /// Nil for the rule's own.
  let severity: Severity?
  let ground: Ground
  let step: ProposedStep?

  init(
    _ why: String, severity: Severity? = nil, evidence: [Evidence], step: ProposedStep? = nil
  ) {
    ground = .told(why, evidence)
    self.severity = severity
    self.step = step
  }

  /// A match by a line that names the mapping; `rest` follows the line's place in the sentence.
  init(_ reference: ResolvedReference, _ rest: String, of facts: MappingFacts) {
    ground = .reference(reference, rest, mapping: facts.mapping.location)
    (severity, step) = (nil, nil)
  }

  var why: String { ground.why }
  var evidence: [Evidence] { ground.evidence }
}

/// Keeps nothing: judging thousands of mappings costs no more than the rules.
struct NoRecord: DecisionRecord {
  @inline(__always) mutating func asked(_ rule: Rule, _ outcome: RuleOutcome) {}
  @inline(__always) mutating func passed(_ rules: RuleSequence, at index: Int) {}
  @inline(__always)
  mutating func checked(_ proof: DecisionPath.Proof, lacking reason: String?) {}
}

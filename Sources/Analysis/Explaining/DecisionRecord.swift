/// What a judge tells of its questions while it judges.
protocol DecisionRecord {
  mutating func asked(_ rule: Rule, _ outcome: RuleOutcome)
  /// A rule was not asked, since the mapping lacks what it wants: it is silent.
  mutating func passed(_ rules: RuleSequence, at index: Int)
  /// - Parameter reason: What is missing; nil when the proof is there.
  mutating func checked(_ proof: DecisionPath.Proof, lacking reason: String?)
}

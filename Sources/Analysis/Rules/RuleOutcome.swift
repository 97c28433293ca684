/// What a rule says of one mapping.
enum RuleOutcome: Sendable {
  case matches(RuleMatch)
  case silent
  /// It can't be decided: the metadata or the inventory lacks something.
  case lacks(Lack)
}

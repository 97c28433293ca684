import BundleFormat

/// A rule in words: what, why it hurts, what causes it, what helps and what doesn't.
public struct RuleExplanation: Sendable {
  public let meaning: String
  public let harm: String
  public let cause: String
  public let remedy: String
  /// What people are known to do instead; empty where nobody is.
  public let wrongRemedy: String
  /// When a match has another severity than the usual one; empty where it never has.
  public let severities: String
  /// The step that the plan offers while nobody has the mapping open; nil where it offers none.
  public let step: String?
  /// What it can't decide without.
  public let needs: [SourceID]
  /// What it tells more by, or looks at besides, and decides without.
  public let uses: [SourceID]
  public let references: [String]

  init(
    meaning: String, harm: String, cause: String, remedy: String, wrongRemedy: String = "",
    severities: String = "", step: String? = nil, needs: [SourceID], uses: [SourceID] = [],
    references: [String]
  ) {
    self.meaning = meaning
    self.harm = harm
    self.cause = cause
    self.remedy = remedy
    self.wrongRemedy = wrongRemedy
    self.severities = severities
    self.step = step
    self.needs = needs
    self.uses = uses
    self.references = references
  }
}

import BundleFormat
import NodeState

/// One thing that can be said of a mapping, a configuration or a node.
///
/// A rule is a value in a file of its own. Its ``explanation`` is what the catalogue and the reports show.
public final class Rule: Sendable {
  /// The stable id: what is wrong, or what it is.
  public let name: String
  /// The class of the mappings that it fits; nil for rules of configurations and of the node.
  public let classification: Classification?
  /// The usual severity; a match may give another.
  public let severity: Severity
  /// A few words for lists, without a full stop.
  public let title: String
  public let explanation: RuleExplanation
  /// What a mapping must have, or the rule is silent.
  let wanted: MappingTraits
  /// What a mapping must not have, or the rule is silent.
  let unwanted: MappingTraits
  /// What it wants of a mapping in the order in which it is worth naming, for ``DecisionPath``.
  let aspects: [Aspect]
  /// Whether it fits a mapping that is as it wants.
  private let question: @Sendable (MappingFacts, Inventory) -> RuleOutcome
  /// Where on the node, or in its guests' configurations, it fits.
  let examine: @Sendable (Inventory) -> [NodeMatch]

  /// A rule of mappings.
  init(
    _ name: String, _ classification: Classification?, _ severity: Severity, title: String,
    _ explanation: RuleExplanation, of wanted: MappingTraits = [],
    without unwanted: MappingTraits = [], asking aspects: [Aspect] = [],
    question: @escaping @Sendable (MappingFacts, Inventory) -> RuleOutcome
  ) {
    self.name = name
    self.classification = classification
    self.severity = severity
    self.title = title
    self.explanation = explanation
    (self.wanted, self.unwanted) = (wanted, unwanted)
    self.aspects = aspects
    self.question = question
    examine = { _ in [] }
  }

  /// A rule of the node; without `examine`, one that another type applies.
  init(
    _ name: String, _ classification: Classification?, _ severity: Severity, title: String,
    _ explanation: RuleExplanation,
    examine: @escaping @Sendable (Inventory) -> [NodeMatch] = { _ in [] }
  ) {
    self.name = name
    self.classification = classification
    self.severity = severity
    self.title = title
    self.explanation = explanation
    (wanted, unwanted, aspects) = ([], [], [])
    question = { _, _ in .silent }
    self.examine = examine
  }

  /// Whether it fits a mapping.
  func judge(_ facts: MappingFacts, _ inventory: Inventory) -> RuleOutcome {
    facts.traits.isSuperset(of: wanted) && facts.traits.isDisjoint(with: unwanted)
      ? question(facts, inventory) : .silent
  }
}

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
  /// Whether it fits a mapping that is as it wants.
  private let question: @Sendable (MappingFacts, Inventory) -> RuleOutcome
  /// Where on the node, or in its guests' configurations, it fits.
  let examine: @Sendable (Inventory) -> [NodeMatch]

  /// A rule of mappings.
  init(
    _ name: String, _ classification: Classification?, _ severity: Severity, title: String,
    _ explanation: RuleExplanation, of wanted: MappingTraits = [],
    without unwanted: MappingTraits = [],
    question: @escaping @Sendable (MappingFacts, Inventory) -> RuleOutcome
  ) {
    self.name = name
    self.classification = classification
    self.severity = severity
    self.title = title
    self.explanation = explanation
    (self.wanted, self.unwanted) = (wanted, unwanted)
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
    (wanted, unwanted) = ([], [])
    question = { _, _ in .silent }
    self.examine = examine
  }

  /// Whether it fits a mapping.
  func judge(_ facts: MappingFacts, _ inventory: Inventory) -> RuleOutcome {
    facts.traits.isSuperset(of: wanted) && facts.traits.isDisjoint(with: unwanted)
      ? question(facts, inventory) : .silent
  }
}

/// A rule in words: what, why it hurts, what causes it, what helps and what doesn't.
public struct RuleExplanation: Sendable {
  public let meaning: String
  public let harm: String
  public let cause: String
  public let remedy: String
  /// What people are known to do instead; empty where nobody is.
  public let wrongRemedy: String
  /// What it can't decide without.
  public let needs: [SourceID]
  /// What it tells more by, or looks at besides, and decides without.
  public let uses: [SourceID]
  public let references: [String]

  init(
    meaning: String, harm: String, cause: String, remedy: String, wrongRemedy: String = "",
    needs: [SourceID], uses: [SourceID] = [], references: [String]
  ) {
    self.meaning = meaning
    self.harm = harm
    self.cause = cause
    self.remedy = remedy
    self.wrongRemedy = wrongRemedy
    self.needs = needs
    self.uses = uses
    self.references = references
  }
}

/// What a rule says of one mapping.
enum RuleOutcome: Sendable {
  case matches(RuleMatch)
  case silent
  /// It can't be decided: the metadata or the inventory lacks something.
  case lacks(Lack)
}

/// What is missing for a decision.
enum Lack: Sendable, Hashable {
  case volumes(String)
  case guests(String)
}

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

/// A rule that fits something of the node: a pool, a group, a source, the node itself.
struct NodeMatch: Sendable {
  let subject: String
  let severity: Severity?
  let why: String
  let evidence: [Evidence]

  init(_ subject: String, _ why: String, severity: Severity? = nil, evidence: [Evidence] = []) {
    self.subject = subject
    self.severity = severity
    self.why = why
    self.evidence = evidence
  }
}

/// What the plan would offer for a mapping that nobody has open.
public struct ProposedStep: Hashable, Sendable {
  public let verb: Verb
  /// 1 runs by itself, 2 asks for each entry.
  public let phase: Int

  public enum Verb: Hashable, Sendable {
    /// `lvchange -an` by identity, for a volume that LVM knows.
    case deactivate
    /// `dmsetup remove -u UUID`, for one that it doesn't.
    case removeByUUID
    /// `dmsetup remove NAME`, for one without a uuid.
    case removeByName
  }

  static func deactivate(phase: Int) -> ProposedStep {
    ProposedStep(verb: .deactivate, phase: phase)
  }
  static let removeByUUID = ProposedStep(verb: .removeByUUID, phase: 2)
  static let removeByName = ProposedStep(verb: .removeByName, phase: 2)
}

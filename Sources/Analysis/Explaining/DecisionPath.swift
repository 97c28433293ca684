import BundleFormat
import NodeState

/// How a mapping got its verdict: every question that was asked, in order, with its answer.
public struct DecisionPath: Sendable {
  public let verdict: Verdict
  public let questions: [Question]

  public struct Question: Sendable {
    public let topic: Topic
    public let answer: Answer
  }

  public enum Topic: Sendable {
    case rule(Rule)
    case proof(Proof)
  }

  /// Something that must be known before any further rule is asked.
  public enum Proof: Sendable {
    /// LVM's metadata of the mapping's group.
    case metadata
    /// The mapping's live table.
    case table
    /// Guests, their configurations and what they do.
    case guests
    /// That some rule describes what the sources show.
    case anyRule
  }

  public enum Answer: Sendable {
    /// The rule fits, or the proof is there; the words say why.
    case yes(String, [Evidence])
    /// The rule does not fit. Nil where no single fact says why.
    case no(String?)
    /// It cannot be decided; the words say what is missing.
    case undecidable(String)
  }
}

/// What a judge tells of its questions while it judges.
protocol DecisionRecord {
  mutating func asked(_ rule: Rule, _ outcome: RuleOutcome)
  /// A rule was not asked, since the mapping lacks what it wants: it is silent.
  mutating func passed(_ rules: RuleSequence, at index: Int)
  /// - Parameter reason: What is missing; nil when the proof is there.
  mutating func checked(_ proof: DecisionPath.Proof, lacking reason: String?)
}

/// Keeps nothing: judging thousands of mappings costs no more than the rules.
struct NoRecord: DecisionRecord {
  @inline(__always) mutating func asked(_ rule: Rule, _ outcome: RuleOutcome) {}
  @inline(__always) mutating func passed(_ rules: RuleSequence, at index: Int) {}
  @inline(__always)
  mutating func checked(_ proof: DecisionPath.Proof, lacking reason: String?) {}
}

/// Keeps every question, with the fact that made a rule stay silent.
struct PathRecord: DecisionRecord {
  let facts: MappingFacts
  let inventory: Inventory
  private(set) var questions: [DecisionPath.Question] = []

  init(facts: MappingFacts, inventory: Inventory) {
    self.facts = facts
    self.inventory = inventory
  }

  mutating func asked(_ rule: Rule, _ outcome: RuleOutcome) {
    let answer: DecisionPath.Answer =
      switch outcome {
      case .matches(let match): .yes(match.why, match.evidence)
      case .silent: .no(rule.silence(on: facts, inventory))
      case .lacks(.volumes(let reason)), .lacks(.guests(let reason)): .undecidable(reason)
      }
    questions.append(DecisionPath.Question(topic: .rule(rule), answer: answer))
  }

  mutating func passed(_ rules: RuleSequence, at index: Int) { asked(rules[index], .silent) }

  mutating func checked(_ proof: DecisionPath.Proof, lacking reason: String?) {
    let answer = reason.map(DecisionPath.Answer.undecidable) ?? presence(of: proof)
    questions.append(DecisionPath.Question(topic: .proof(proof), answer: answer))
  }

  /// What shows that a proof is there.
  private func presence(of proof: DecisionPath.Proof) -> DecisionPath.Answer {
    switch proof {
    case .metadata:
      switch facts.standing {
      case .known(let volume, _):
        .yes(
          "\(facts.groupReading); the uuid is \(volume.groupName)/\(volume.name)",
          facts.groupEvidence + facts.volumeEvidence)
      case .ghost: .yes("\(facts.groupReading); the uuid is not among them", facts.groupEvidence)
      case .groupAbsent: .yes("the metadata was read, and no group has the uuid's", [])
      case .notLVM: .yes("it is no LVM volume, so none is needed", [])
      case .unreadable(let reason): .undecidable(reason)
      }
    case .table:
      switch facts.mapping.table.value?.count ?? 0 {
      case 0: .yes("it has none", [])
      case 1: .yes("one target", facts.tableEvidence)
      case let count: .yes("\(count) targets", facts.tableEvidence)
      }
    case .guests:
      .yes(
        "the configurations of all guests (\(inventory.configurations.guestCount)), and the processes and "
          + "sockets of this node", [])
    case .anyRule: .yes("one does", [])
    }
  }
}

import NodeState

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

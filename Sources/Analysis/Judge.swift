import BundleFormat
import NodeState

/// Asks the rules about one mapping, in their order; the first that fits decides.
struct Judge: Sendable {
  let inventory: Inventory
  private let otherRules = RuleSequence(Rule.otherRules)
  private let emergencyRules = RuleSequence(Rule.emergencyRules)
  private let verdictRules = RuleSequence(Rule.verdictRules)
  private let movingRules = RuleSequence(Rule.movingRules)

  init(inventory: Inventory) { self.inventory = inventory }

  func verdict(on facts: MappingFacts) -> Verdict {
    var record = NoRecord()
    return decide(facts, &record)
  }

  /// Judges the same way, and keeps each question with its answer.
  func path(on facts: MappingFacts) -> DecisionPath {
    var record = PathRecord(facts: facts, inventory: inventory)
    let verdict = decide(facts, &record)
    return DecisionPath(verdict: verdict, questions: record.questions)
  }

  private func decide(_ facts: MappingFacts, _ record: inout some DecisionRecord) -> Verdict {
    if let verdict = first(of: otherRules, facts, &record) { return verdict }
    if case .unreadable(let reason) = facts.standing {
      record.checked(.metadata, lacking: reason)
      return volumesUnknown(facts, reason)
    }
    // Of a group that nobody shows, only one made anew on the same disks can be told.
    if case .groupAbsent = facts.standing,
      case .lacks(.volumes(let reason)) = Rule.recreatedGroup.judge(facts, inventory)
    {
      record.checked(.metadata, lacking: reason)
      return volumesUnknown(facts, reason)
    }
    record.checked(.metadata, lacking: nil)
    if let verdict = first(of: emergencyRules, facts, &record) { return verdict }
    guard !facts.mapping.table.isUnavailable else {
      let reason = facts.mapping.table.gap?.description ?? "its table is missing"
      record.checked(.table, lacking: reason)
      return volumesUnknown(facts, reason)
    }
    record.checked(.table, lacking: nil)
    if let reason = inventory.guestDistrust(for: facts) ?? uncertainGuest(facts) {
      record.checked(.guests, lacking: reason)
      return guestsUnknown(facts, reason)
    }
    record.checked(.guests, lacking: nil)
    let verdict = first(of: verdictRules, facts, &record) ?? undecided(facts, &record)
    return replacement(for: verdict, facts, &record) ?? verdict
  }

  private func first(
    of rules: RuleSequence, _ facts: MappingFacts, _ record: inout some DecisionRecord
  ) -> Verdict? {
    for index in rules.indices {
      guard rules.concerns(facts.traits, at: index) else {
        record.passed(rules, at: index)
        continue
      }
      let rule = rules[index]
      let outcome = rule.judge(facts, inventory)
      record.asked(rule, outcome)
      switch outcome {
      case .matches(let match): return Verdict(rule, match)
      case .silent: continue
      case .lacks(.volumes(let reason)): return volumesUnknown(facts, reason)
      case .lacks(.guests(let reason)): return guestsUnknown(facts, reason)
      }
    }
    return nil
  }

  /// What takes the place of a stale, orphaned or wrong verdict while something is under way.
  private func replacement(
    for verdict: Verdict, _ facts: MappingFacts, _ record: inout some DecisionRecord
  ) -> Verdict? {
    switch verdict.classification {
    case .stale, .orphaned, .wrong: break
    case .valid, .duplicate, .unknown, .other: return nil
    }
    if verdict.rule.name == Rule.movedGuestOpen.name, !inventory.isMigrating(facts) { return nil }
    return first(of: movingRules, facts, &record)
  }

  /// A guest that may run: of its process's command line and PVE's pid file only one names it.
  private func uncertainGuest(_ facts: MappingFacts) -> String? {
    if inventory.guests.uncertain.isEmpty { return nil }
    return inventory.guestsConcerned(by: facts).sorted().first(
      where: inventory.guests.uncertain.contains
    )
    .map { "a QEMU process and PVE's pid file do not agree on guest \($0)" }
  }

  private func volumesUnknown(
    _ facts: MappingFacts, _ reason: String, _ evidence: [Evidence] = []
  ) -> Verdict {
    let warning =
      facts.isOpen
      ? " It is open: it may be the last handle to the data, so don't stop what uses it and don't "
        + "remove it." : ""
    return Verdict(
      .volumesUnknown,
      RuleMatch(
        "Its volume could not be judged: \(reason).\(warning)",
        evidence: [facts.evidence] + facts.groupEvidence + evidence))
  }

  private func guestsUnknown(_ facts: MappingFacts, _ reason: String) -> Verdict {
    Verdict(
      .guestsUnknown,
      RuleMatch("Its guest could not be judged: \(reason).", evidence: [facts.evidence]))
  }

  /// No rule fits: the sources were there, but what they say has no name. Nothing is offered.
  private func undecided(
    _ facts: MappingFacts, _ record: inout some DecisionRecord
  ) -> Verdict {
    if facts.mapping.uuid == nil {
      let (use, evidence) = useWithoutUUID(facts)
      let reason = "it has no uuid, and \(use)"
      record.checked(.anyRule, lacking: reason)
      return volumesUnknown(facts, reason, evidence)
    }
    if let reference = facts.runningReference, facts.isOpen {
      let reason =
        "\(reference.place) names it and the guest runs here, but the line is no disk of the "
        + "running guest, and yet it is open (\(facts.ownOpenCount))"
        + "\(inventory.userWords(of: facts)): something is at work on it"
      record.checked(.anyRule, lacking: reason)
      return Verdict(
        .inFlux, RuleMatch("\(reason).", evidence: [facts.evidence, reference.evidence]))
    }
    let reason =
      if facts.mayBeShared && !facts.isShared {
        facts.isThin
          ? "a storage calls the group \(facts.groupName) shared, and a thin pool can be one node's alone"
          : "a storage of other nodes calls the group \(facts.groupName) shared, and none of this "
            + "node does"
      } else {
        "no rule describes what the sources show"
      }
    record.checked(.anyRule, lacking: reason)
    return guestsUnknown(facts, reason)
  }

  /// Who has open or names a mapping without a uuid, so that it is nobody's leftover.
  private func useWithoutUUID(_ facts: MappingFacts) -> (words: String, evidence: [Evidence]) {
    var uses: [String] = []
    var evidence: [Evidence] = []
    if facts.isOpen { uses.append(facts.openWords + inventory.userWords(of: facts)) }
    if let reference = facts.countingReferences.first {
      uses.append("\(reference.place) names it")
      evidence.append(reference.evidence)
    } else if let mention = facts.countingMentions.first {
      let guest = mention.configuration
      uses.append("\(mention.mention.place) of guest \(guest.id) on \(guest.node) names it")
      evidence.append(mention.evidence)
    }
    if uses.isEmpty, inventory.fstabNames(facts) == true { uses.append("fstab names it") }
    if uses.isEmpty { uses.append("no rule describes what the sources show") }
    return (uses.joined(separator: ", and "), evidence)
  }
}

import BundleFormat
import NodeState

/// A mapping's verdict: its one class, the rule that gave it, and why.
public struct Verdict: Sendable {
  public let rule: Rule
  public let classification: Classification
  public let severity: Severity
  public let why: String
  public let evidence: [Evidence]
  /// What the plan may offer; nil when the rule offers nothing here.
  let step: ProposedStep?

  init(_ rule: Rule, _ match: RuleMatch) {
    self.rule = rule
    classification = rule.classification ?? .unknown
    severity = match.severity ?? rule.severity
    why = match.why
    evidence = match.evidence
    step = match.step
  }
}

/// Asks the rules about one mapping, in their order; the first that fits decides.
struct Judge {
  let inventory: Inventory

  func verdict(on facts: MappingFacts) -> Verdict {
    if let verdict = first(of: Rule.otherRules, facts) { return verdict }
    if case .unreadable(let reason) = facts.standing { return volumesUnknown(facts, reason) }
    if let verdict = first(of: Rule.emergencyRules, facts) { return verdict }
    guard facts.mapping.table.value != nil else {
      let reason = facts.mapping.table.gap?.description ?? "its table is missing"
      return volumesUnknown(facts, reason)
    }
    if let reason = inventory.guestDistrust(for: facts) ?? uncertainGuest(facts) {
      return guestsUnknown(facts, reason)
    }
    let verdict = first(of: Rule.verdictRules, facts) ?? undecided(facts)
    return replacement(for: verdict, facts) ?? verdict
  }

  private func first(of rules: [Rule], _ facts: MappingFacts) -> Verdict? {
    for rule in rules {
      switch rule.judge(facts, inventory) {
      case .matches(let match): return Verdict(rule, match)
      case .silent: continue
      case .lacks(.volumes(let reason)): return volumesUnknown(facts, reason)
      case .lacks(.guests(let reason)): return guestsUnknown(facts, reason)
      }
    }
    return nil
  }

  /// What takes the place of a stale, orphaned or wrong verdict while something is under way.
  private func replacement(for verdict: Verdict, _ facts: MappingFacts) -> Verdict? {
    switch verdict.classification {
    case .stale, .orphaned, .wrong: break
    case .valid, .duplicate, .unknown, .other: return nil
    }
    if verdict.rule.name == Rule.movedGuestOpen.name {
      return inventory.isMigrating(facts) ? first(of: [.lockedGuest], facts) : nil
    }
    return first(of: Rule.movingRules, facts)
  }

  /// A guest that may run: a process bears its number, but no pid file of PVE agrees.
  private func uncertainGuest(_ facts: MappingFacts) -> String? {
    if inventory.guests.uncertain.isEmpty { return nil }
    return inventory.guestsConcerned(by: facts).sorted().first(where: inventory.guests.uncertain.contains)
      .map { "a QEMU process bears the number of guest \($0), but PVE's pid file does not name it" }
  }

  private func volumesUnknown(_ facts: MappingFacts, _ reason: String) -> Verdict {
    let warning =
      facts.isOpen
      ? " It is open: it may be the last handle to the data, so don't stop what uses it and don't "
        + "remove it." : ""
    return Verdict(
      .volumesUnknown,
      RuleMatch(
        "Its volume could not be judged: \(reason).\(warning)",
        evidence: [facts.evidence] + facts.groupEvidence))
  }

  private func guestsUnknown(_ facts: MappingFacts, _ reason: String) -> Verdict {
    Verdict(
      .guestsUnknown,
      RuleMatch("Its guest could not be judged: \(reason).", evidence: [facts.evidence]))
  }

  /// No rule fits: the sources were there, but what they say has no name. Nothing is offered.
  private func undecided(_ facts: MappingFacts) -> Verdict {
    if facts.mapping.uuid == nil {
      return volumesUnknown(
        facts, "it has no uuid, and \(facts.openWords) or something names it")
    }
    if let reference = facts.runningReference(inventory), facts.isOpen {
      return Verdict(
        .inFlux,
        RuleMatch(
          "\(reference.place) names it and the guest runs here, but the line is no disk of the "
            + "running guest, and yet it is open (\(facts.ownOpenCount))"
            + "\(inventory.userWords(of: facts)): something is at work on it.",
          evidence: [facts.evidence, reference.evidence]))
    }
    return guestsUnknown(facts, "no rule describes what the sources show")
  }
}

import BundleFormat
import NodeState

/// Something that a person should know.
public struct Finding: Sendable {
  public let rule: Rule
  public let severity: Severity
  /// The mapping, `GUEST/SLOT`, group, pool, source or node that it is about.
  public let subject: String
  public let why: String
  public let evidence: [Evidence]
  public private(set) var remedy: Remedy
  /// Why it does not count; nil when it does.
  public var ignored: IgnoredFinding?
  /// Why the plan refuses the step that the rule would offer; nil where it doesn't.
  public private(set) var refusal: String?

  /// `RULE:SUBJECT`: the same in every bundle, for histories, ignore files and tickets.
  public var id: String { Self.id(of: rule, subject) }

  /// The id of a rule's finding about a subject.
  public static func id(of rule: Rule, _ subject: String) -> String { "\(rule.name):\(subject)" }

  /// Every finding of notice and above, worst first, then by rule and subject.
  static func all(
    _ inventory: Inventory, verdicts: [Verdict], missing: [MissingDisk],
    _ matches: [(Rule, NodeMatch)]
  ) -> [Finding] {
    var findings: [Finding] = []
    for (facts, verdict) in zip(inventory.mappings, verdicts) where verdict.severity >= .notice {
      findings.append(
        Finding(
          rule: verdict.rule, severity: verdict.severity, subject: facts.mapping.name,
          why: verdict.why, evidence: verdict.evidence, remedy: remedy(for: verdict, facts)))
    }
    findings += collisions(inventory, verdicts)
    for row in missing where row.severity >= .notice {
      findings.append(
        Finding(
          rule: row.rule, severity: row.severity, subject: row.subject, why: row.why,
          evidence: row.evidence, remedy: Remedy(row.rule.explanation.remedy)))
    }
    for (rule, match) in matches + inventory.gaps(for: verdicts, besides: matches) {
      findings.append(
        Finding(
          rule: rule, severity: match.severity ?? rule.severity, subject: match.subject,
          why: match.why, evidence: match.evidence, remedy: Remedy(rule.explanation.remedy)))
    }
    return ordered(findings)
  }

  /// Leaves to people what the plan refuses.
  ///
  /// - Parameter refused: Why, by the mapping.
  mutating func heed(refused: [String: String]) {
    guard remedy.applicability != .manual, let why = refused[subject] else { return }
    remedy = Remedy(Remedy.ofRefused(why), commands: remedy.commands)
    refusal = why
  }

  /// Worst first, then by rule and subject.
  static func ordered(_ findings: [Finding]) -> [Finding] {
    // Findings are big: what they are sorted by is sorted.
    findings.indices.map { Key(findings[$0], at: $0) }.sorted(by: Key.precedes)
      .map { findings[$0.position] }
  }

  private struct Key {
    let severity: Severity
    let rule: String
    let subject: String
    let position: Int

    init(_ finding: Finding, at position: Int) {
      (severity, rule) = (finding.severity, finding.rule.name)
      (subject, self.position) = (finding.subject, position)
    }

    static func precedes(_ left: Key, _ right: Key) -> Bool {
      if left.severity != right.severity { return left.severity > right.severity }
      if left.rule != right.rule { return Finding.precedes(left.rule, right.rule) }
      return Finding.precedes(left.subject, right.subject)
    }
  }

  private static func precedes(_ left: String, _ right: String) -> Bool {
    let (left, right) = (left.utf8.span, right.utf8.span)
    for index in 0..<min(left.count, right.count) where left[index] != right[index] {
      return left[index] < right[index]
    }
    return left.count < right.count
  }

  /// The mappings of another class that share blocks with a duplicate get the finding, too.
  private static func collisions(_ inventory: Inventory, _ verdicts: [Verdict]) -> [Finding] {
    var findings: [Finding] = []
    func add(_ rule: Rule, _ match: RuleMatch, _ facts: MappingFacts) {
      findings.append(
        Finding(
          rule: rule, severity: match.severity ?? rule.severity, subject: facts.mapping.name,
          why: match.why, evidence: match.evidence, remedy: Remedy(rule.explanation.remedy)))
    }
    for position in inventory.collisions.overlaps.keys.sorted()
    where verdicts[position].rule.name != Rule.overlappingExtents.name {
      let facts = inventory.mappings[position]
      guard let overlaps = inventory.overlaps(of: facts), !overlaps.isEmpty else { continue }
      add(.overlappingExtents, inventory.overlapMatch(of: facts, overlaps), facts)
    }
    for position in inventory.collisions.sameThinDevice.keys.sorted()
    where verdicts[position].rule.name != Rule.sameThinDevice.name {
      let facts = inventory.mappings[position]
      guard let others = inventory.sameThinDevice(as: facts), !others.isEmpty else { continue }
      add(.sameThinDevice, inventory.sameThinMatch(of: facts, others), facts)
    }
    return findings
  }

  /// The rule's remedy, with commands that only look.
  private static func remedy(for verdict: Verdict, _ facts: MappingFacts) -> Remedy {
    let applicability: Applicability =
      switch verdict.step?.phase {
      case 1 where !facts.isOpen: .automatic
      case 2 where !facts.isOpen: .confirmed
      default: .manual
      }
    var commands: [[String]] = [
      ["dmsetup", "info", "--", facts.mapping.name],
      ["dmsetup", "table", "--", facts.mapping.name],
    ]
    // LVM reads what it scans, and a suspended mapping answers nobody.
    if facts.mapping.attributes.isSuspended {
      return Remedy(
        verdict.rule.explanation.remedy, commands: commands, applicability: applicability)
    }
    if let volume = facts.volume {
      commands.append(["lvs", "-a", "-o", "+lv_uuid", "--", "\(volume.groupName)/\(volume.name)"])
    } else if case .ghost(let group) = facts.standing {
      commands.append(["lvs", "-a", "-o", "+lv_uuid", "--", group.name])
    }
    return Remedy(
      verdict.rule.explanation.remedy, commands: commands, applicability: applicability)
  }
}

extension Inventory {
  /// Where the rules of the node fit.
  func nodeMatches() -> [(Rule, NodeMatch)] {
    Rule.nodeRules.flatMap { rule in rule.examine(self).map { (rule, $0) } }
  }
}

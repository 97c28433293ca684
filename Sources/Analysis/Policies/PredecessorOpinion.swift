import BundleFormat
import NodeState

/// What the bash script that this system succeeds, version 27, says of a node.
///
/// It knows names and numbers: no container, no cluster, no storage, no uuid. An entry may be stale
/// and orphaned at once, and is counted twice. Its check for duplicates can never fire.
/// Source: proxmox_dm_v27.sh.
public struct PredecessorOpinion: Sendable {
  /// What it asks and the bundle lacks; nil where it could judge.
  public let gap: Gap?
  /// The words for each mapping, in the order of ``Inventory/mappings``: `valid`, `stale`, `orphaned`;
  /// none for a mapping that it does not look at.
  public let words: [[Word]]
  public let valid: Int
  public let stale: Int
  public let orphaned: Int
  /// Configured disks without an entry; each line counts.
  public let missing: [MissingDisk]
  public let grade: Grade
  let verdicts: [Verdict]

  public enum Word: String, Hashable, Sendable {
    case valid
    case stale
    case orphaned
  }

  /// Stale, orphaned and missing together.
  public var issues: Int { stale + orphaned + missing.count }

  init(of inventory: Inventory) {
    do throws(PredecessorGap) {
      self.init(PredecessorJudge(try PredecessorInput(inventory)), inventory)
    } catch {
      self.init(lacking: error.gap, inventory)
    }
  }

  private init(lacking gap: Gap, _ inventory: Inventory) {
    self.gap = gap
    words = inventory.mappings.map { _ in [] }
    (valid, stale, orphaned, missing) = (0, 0, 0, [])
    grade = Grade(withoutMark: ())
    verdicts = inventory.mappings.map {
      Verdict(
        .predecessorUnknown,
        RuleMatch("v27 asks qm list, and \(gap).", evidence: [$0.evidence]))
    }
  }

  private init(_ judge: PredecessorJudge, _ inventory: Inventory) {
    let entries = inventory.mappings.map { PredecessorEntry(name: $0.mapping.name) }
    let words = entries.map { $0.map(judge.words) ?? [] }
    gap = nil
    self.words = words
    valid = words.count { $0.contains(.valid) }
    stale = words.count { $0.contains(.stale) }
    orphaned = words.count { $0.contains(.orphaned) }
    missing = judge.missing(entries: Set(entries.compactMap { $0 }))
    verdicts = zip(inventory.mappings, entries).map { judge.verdict(on: $0, $1) }
    let issues = stale + orphaned + missing.count
    grade = Grade(
      metrics: inventory.snapshot.host.metrics, stale: stale, config: orphaned + missing.count,
      status: issues == 0 ? "HEALTHY" : issues < 10 ? "WARNING" : "UN-HEALTHY")
  }

  /// One finding for each word that counts as an issue: two for a stale and orphaned entry.
  func findings(_ inventory: Inventory) -> [Finding] {
    if let gap {
      return [
        Finding(
          rule: .sourceMissing, severity: .warning, subject: gap.source.rawValue,
          why: "v27 could not have judged: \(gap).",
          evidence: [Evidence(gap.reason, from: gap.source)],
          remedy: Remedy(Rule.sourceMissing.explanation.remedy))
      ]
    }
    var findings: [Finding] = []
    for (position, words) in words.enumerated() {
      let (facts, verdict) = (inventory.mappings[position], verdicts[position])
      for word in words where word != .valid {
        let rule = word == .stale ? Rule.predecessorStale : .predecessorOrphaned
        findings.append(
          Finding(
            rule: rule, severity: rule.severity, subject: facts.mapping.name, why: verdict.why,
            evidence: verdict.evidence, remedy: Remedy(rule.explanation.remedy)))
      }
    }
    findings += missing.map {
      Finding(
        rule: $0.rule, severity: $0.severity, subject: $0.subject, why: $0.why,
        evidence: $0.evidence, remedy: Remedy($0.rule.explanation.remedy))
    }
    return Finding.ordered(findings)
  }
}

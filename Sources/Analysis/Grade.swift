import BundleFormat
import NodeState

/// The node's mark. Source: the arithmetic of the script that this system succeeds, capped by the
/// worst finding.
public struct Grade: Sendable {
  /// Nil where too much is unknown to give one.
  public let letter: Letter?
  public let score: Int?
  public let deductions: [Deduction]
  /// The worst finding, when it lowers the letter.
  public let cap: Cap?
  /// The letter once every step of the plan is done.
  public let afterCleanup: Letter?

  public enum Letter: Int, Comparable, Sendable {
    case d
    case c
    case b
    case a
    case aPlus

    public static func < (left: Letter, right: Letter) -> Bool { left.rawValue < right.rawValue }

    public var name: String {
      switch self {
      case .aPlus: "A+"
      case .a: "A"
      case .b: "B"
      case .c: "C"
      case .d: "D"
      }
    }

    init(score: Int) {
      self =
        switch score {
        case 90...: .aPlus
        case 80...: .a
        case 70...: .b
        case 60...: .c
        default: .d
        }
    }
  }

  public struct Deduction: Sendable, Equatable {
    public let reason: String
    public let points: Int
  }

  public struct Cap: Sendable {
    public let letter: Letter
    /// The finding's id.
    public let finding: String
  }

  init(
    inventory: Inventory, verdicts: [Verdict], missing: [MissingDisk], findings: [Finding],
    plan: RemediationPlan
  ) {
    let isUnknown =
      inventory.snapshot.first.mappings.value == nil
      || inventory.snapshot.membership.value?.isQuorate == false
      || verdicts.contains {
        $0.rule.name == Rule.guestsUnknown.name || $0.rule.name == Rule.volumesUnknown.name
      }
    let now = Self.mark(inventory, verdicts, missing, findings, without: [])
    let cleaned = Set((plan.phase1 + plan.phase2).flatMap { [$0.mapping] + $0.children.map(\.mapping) })
    let later = Self.mark(inventory, verdicts, missing, findings, without: cleaned)
    deductions = now.deductions
    cap = isUnknown ? nil : now.cap
    letter = isUnknown ? nil : now.letter
    score = isUnknown ? nil : now.score
    afterCleanup = isUnknown ? nil : later.letter
  }

  private struct Mark {
    let score: Int
    let letter: Letter
    let deductions: [Deduction]
    let cap: Cap?
  }

  private static func mark(
    _ inventory: Inventory, _ verdicts: [Verdict], _ missing: [MissingDisk], _ findings: [Finding],
    without cleaned: Set<String>
  ) -> Mark {
    var deductions: [Deduction] = []
    func deduct(_ reason: String, _ points: Int) {
      if points > 0 { deductions.append(Deduction(reason: reason, points: points)) }
    }
    let metrics = inventory.snapshot.host.metrics
    if let cpu = metrics.cpuPercent {
      deduct("CPU at \(Int(cpu)) %", cpu > 80 ? 20 : cpu > 60 ? 10 : 0)
    }
    if let memory = metrics.memoryPercent {
      deduct("memory at \(Int(memory)) %", memory > 90 ? 20 : memory > 75 ? 10 : 0)
    }
    var counts: [Classification: Int] = [:]
    for (facts, verdict) in zip(inventory.mappings, verdicts)
    where verdict.severity > .info && !cleaned.contains(facts.mapping.name) {
      counts[verdict.classification, default: 0] += 1
    }
    let stale = counts[.stale] ?? 0
    deduct("\(stale) stale mappings", stale > 50 ? 20 : stale > 10 ? 10 : 0)
    let absent = missing.filter { $0.severity > .info }.count
    let config =
      (counts[.orphaned] ?? 0) + (counts[.duplicate] ?? 0) + (counts[.wrong] ?? 0) + absent
    deduct(
      "\(config) orphaned, duplicate, wrong or missing", config > 20 ? 15 : config > 5 ? 8 : 0)
    let score = 100 - deductions.reduce(0) { $0 + $1.points }
    let letter = Letter(score: score)
    let worst = findings.first { !cleaned.contains($0.subject) }
    let limit: Letter? =
      switch worst?.severity {
      case .critical: .d
      case .warning: .b
      case .notice, .info, nil: nil
      }
    guard let limit, limit < letter, let worst else {
      return Mark(score: score, letter: letter, deductions: deductions, cap: nil)
    }
    return Mark(
      score: score, letter: limit, deductions: deductions,
      cap: Cap(letter: limit, finding: worst.id))
  }
}

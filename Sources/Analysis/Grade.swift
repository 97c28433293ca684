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
  /// The letter that it were if nothing was ignored; nil when nothing is, or there is no letter.
  public let withIgnored: Letter?
  /// The predecessor's word for the node: `HEALTHY`, `WARNING`, `UN-HEALTHY`; nil by any other policy.
  public let status: String?

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

  /// Marks a node by the evidence: the arithmetic, capped by the worst finding.
  ///
  /// What is ignored neither deducts nor caps: whoever gave a reason has decided that it shall not
  /// count. So that nobody is misled, ``withIgnored`` says what the letter were otherwise.
  init(
    inventory: Inventory, verdicts: [Verdict], missing: [MissingDisk], findings: [Finding],
    plan: RemediationPlan
  ) {
    let isUnknown =
      !inventory.snapshot.areMappingsRead
      || findings.contains { $0.rule.name == Rule.quorumLost.name }
      || verdicts.contains {
        $0.rule.name == Rule.guestsUnknown.name || $0.rule.name == Rule.volumesUnknown.name
      }
    let marking = Marking(
      inventory: inventory, verdicts: verdicts, missing: missing, findings: findings)
    let now = marking.mark()
    let cleaned = Set(
      (plan.phase1 + plan.phase2).flatMap { [$0.mapping] + $0.children.map(\.mapping) })
    deductions = now.deductions
    cap = isUnknown ? nil : now.cap
    letter = isUnknown ? nil : now.letter
    score = isUnknown ? nil : now.score
    afterCleanup = isUnknown ? nil : marking.mark(without: cleaned).letter
    let isIgnoring = findings.contains { $0.ignored != nil }
    withIgnored = isUnknown || !isIgnoring ? nil : marking.mark(countingIgnored: true).letter
    status = nil
  }

  /// Marks by the arithmetic alone, as the predecessor does.
  init(metrics: NodeMetrics, stale: Int, config: Int, status: String) {
    let mark = Mark(Marking.deductions(metrics, stale: stale, config: config), limit: nil)
    (deductions, letter, score) = (mark.deductions, mark.letter, mark.score)
    (cap, afterCleanup, withIgnored) = (nil, nil, nil)
    self.status = status
  }

  /// No mark: what the policy needs was not collected.
  init(withoutMark: Void) {
    (deductions, letter, score) = ([], nil, nil)
    (cap, afterCleanup, withIgnored, status) = (nil, nil, nil, nil)
  }
}

/// A score and its letter, before anybody asks whether it may be given.
private struct Mark {
  let score: Int
  let letter: Grade.Letter
  let deductions: [Grade.Deduction]
  let cap: Grade.Cap?

  /// - Parameter limit: The worst letter that a finding allows, and that finding.
  init(_ deductions: [Grade.Deduction], limit: Grade.Cap?) {
    self.deductions = deductions
    score = 100 - deductions.reduce(0) { $0 + $1.points }
    let earned = Grade.Letter(score: score)
    cap = limit.flatMap { $0.letter < earned ? $0 : nil }
    letter = cap?.letter ?? earned
  }
}

/// What a node is marked by.
private struct Marking {
  let inventory: Inventory
  let verdicts: [Verdict]
  let missing: [MissingDisk]
  let findings: [Finding]

  /// - Parameter cleaned: Mappings that are taken to be gone.
  func mark(without cleaned: Set<String> = [], countingIgnored: Bool = false) -> Mark {
    let ignored =
      countingIgnored ? [] : Set(findings.lazy.filter { $0.ignored != nil }.map(\.id))
    var counts = ClassCounts()
    // Normal and ignored ones do not count, and stand in the report's counts beside these all the same.
    let all = ClassCounts(of: verdicts)
    for index in verdicts.indices where verdicts[index].severity > .info {
      let (verdict, name) = (verdicts[index], inventory.mappings[index].mapping.name)
      if !cleaned.contains(name) && !ignored.contains(Finding.id(of: verdict.rule, name)) {
        counts[verdict.classification] += 1
      }
    }
    let absent = missing.count {
      $0.severity > .info && !ignored.contains(Finding.id(of: $0.rule, $0.subject))
    }
    let config = counts[.orphaned] + counts[.duplicate] + counts[.wrong] + absent
    let allAbsent = missing.count { $0.rule !== Rule.inactiveDisk }
    let allConfig = all[.orphaned] + all[.duplicate] + all[.wrong] + allAbsent
    let solved = cleaned.isEmpty ? [] : solvedCollisions(without: cleaned)
    let worst = findings.first {
      !cleaned.contains($0.subject) && !solved.contains($0.id)
        && (countingIgnored || $0.ignored == nil)
    }
    return Mark(
      Self.deductions(
        inventory.snapshot.host.metrics, stale: counts[.stale], of: all[.stale], config: config,
        of: allConfig),
      limit: worst.flatMap(Self.cap))
  }

  /// The ids of the findings that a mapping shares blocks with others, once all of those are gone; where
  /// that is the mapping's own verdict, something else would be said of it then.
  private func solvedCollisions(without cleaned: Set<String>) -> Set<String> {
    func isGone(_ position: Int) -> Bool {
      cleaned.contains(inventory.mappings[position].mapping.name)
    }
    var solved: Set<String> = []
    func add(_ rule: Rule, _ position: Int) {
      if verdicts[position].rule === rule { return }
      solved.insert(Finding.id(of: rule, inventory.mappings[position].mapping.name))
    }
    for (position, overlaps) in inventory.collisions.overlaps
    where overlaps.allSatisfy({ isGone($0.other) }) { add(.overlappingExtents, position) }
    for (position, others) in inventory.collisions.sameThinDevice
    where others.allSatisfy(isGone) { add(.sameThinDevice, position) }
    return solved
  }

  private static func cap(by finding: Finding) -> Grade.Cap? {
    switch finding.severity {
    case .critical: Grade.Cap(letter: .d, finding: finding.id)
    case .warning: Grade.Cap(letter: .b, finding: finding.id)
    case .notice, .info: nil
    }
  }

  /// - Parameters:
  ///   - allStale: How many stale mappings there are with those that do not count; nil where all do.
  ///   - allConfig: The same of the others.
  static func deductions(
    _ metrics: NodeMetrics, stale: Int, of allStale: Int? = nil, config: Int,
    of allConfig: Int? = nil
  ) -> [Grade.Deduction] {
    func count(_ some: Int, of all: Int?) -> String {
      if let all, all > some { "\(some) of \(all)" } else { "\(some)" }
    }
    var deductions: [Grade.Deduction] = []
    func deduct(_ reason: String, _ points: Int) {
      if points > 0 { deductions.append(Grade.Deduction(reason: reason, points: points)) }
    }
    if let cpu = metrics.cpuPercent {
      deduct("CPU at \(cpu.percentWords)", cpu > 80 ? 20 : cpu > 60 ? 10 : 0)
    }
    if let memory = metrics.memoryPercent {
      deduct("memory at \(memory.percentWords)", memory > 90 ? 20 : memory > 75 ? 10 : 0)
    }
    deduct("\(count(stale, of: allStale)) stale mappings", stale > 50 ? 20 : stale > 10 ? 10 : 0)
    deduct(
      "\(count(config, of: allConfig)) orphaned, duplicate, wrong or missing",
      config > 20 ? 15 : config > 5 ? 8 : 0)
    return deductions
  }
}

import BundleFormat
import NodeState
import Threads

/// By whose rules a node is judged.
public enum Policy: String, CaseIterable, Sendable {
  /// What every source at hand proves.
  case evidence
  /// What the bash script that this system succeeds would say; it proposes nothing.
  case v27
}

/// Everything concluded of one node from one bundle.
public struct Assessment: Sendable {
  public let policy: Policy
  public let inventory: Inventory
  /// One verdict a mapping, in the order of ``Inventory/mappings``: by name bytes.
  public let verdicts: [Verdict]
  public let missing: [MissingDisk]
  /// Notice and above: worst first, then by rule and subject. Ignored ones stand among them.
  public let findings: [Finding]
  public let summary: Summary
  public let plan: RemediationPlan
  public let grade: Grade
  /// What the predecessor says of the same node; nil unless somebody asked for it.
  public let predecessor: PredecessorOpinion?
  /// Which lines of the ignore list matched.
  public let ignoreUse: IgnoreUse

  /// Judges a node.
  ///
  /// - Parameter comparing: Whether the predecessor is asked, too.
  public init(
    of snapshot: NodeSnapshot, policy: Policy = .evidence, ignoring list: IgnoreList = .empty,
    comparing: Bool = false
  ) {
    let inventory = Inventory.joining(snapshot)
    switch policy {
    case .evidence:
      self.init(
        of: inventory, ignoring: list,
        predecessor: comparing ? PredecessorOpinion(of: inventory) : nil)
    case .v27: self.init(byPredecessor: inventory, ignoring: list)
    }
  }

  init(
    of inventory: Inventory, ignoring list: IgnoreList = .empty,
    predecessor: PredecessorOpinion? = nil
  ) {
    policy = .evidence
    self.inventory = inventory
    let judge = Judge(inventory: inventory)
    let (verdicts, (missing, matches)) = Parallel.map(
      count: inventory.mappings.count, ifWorthwhile: InventoryJoin.isBig(inventory.mappings),
      keeping: {}, { _, position in judge.verdict(on: inventory.mappings[position]) },
      beside: { (inventory.missingDisks(), inventory.nodeMatches()) })
    self.verdicts = verdicts
    self.missing = missing
    let (plan, found) = Parallel.both(ifWorthwhile: InventoryJoin.isBig(inventory.mappings)) {
      RemediationPlan(inventory: inventory, verdicts: verdicts)
    } _: {
      list.applied(
        to: Finding.all(inventory, verdicts: verdicts, missing: missing, matches),
        collectedAt: inventory.snapshot.bundle.manifest.collectedAt)
    }
    self.plan = plan
    (findings, ignoreUse) = found
    summary = Summary(
      inventory: inventory, verdicts: verdicts, missing: missing, findings: findings)
    grade = Grade(
      inventory: inventory, verdicts: verdicts, missing: missing, findings: findings, plan: plan)
    self.predecessor = predecessor
  }

  /// The same node by the predecessor's rules and counts, with an empty plan.
  init(byPredecessor inventory: Inventory, ignoring list: IgnoreList) {
    policy = .v27
    self.inventory = inventory
    let opinion = PredecessorOpinion(of: inventory)
    verdicts = opinion.verdicts
    missing = opinion.missing
    (findings, ignoreUse) = list.applied(
      to: opinion.findings(inventory),
      collectedAt: inventory.snapshot.bundle.manifest.collectedAt)
    summary = Summary(opinion, findings: findings)
    plan = RemediationPlan(inventory: inventory, verdicts: opinion.verdicts)
    grade = opinion.grade
    predecessor = opinion
  }

  public var snapshot: NodeSnapshot { inventory.snapshot }

  /// The worst severity of any finding that counts; nil when there is none.
  public var worstSeverity: Severity? { findings.first { $0.ignored == nil }?.severity }

  /// Whether a required source is missing, altered or not understood; a listed guest's configuration is
  /// part of one.
  public var lacksRequiredSource: Bool {
    snapshot.sources.contains(where: \.isRequiredGap)
      || (snapshot.guestList.value?.guests ?? []).contains {
        inventory.configurations[$0.id].isEmpty
      }
      || (policy == .v27 && predecessor?.gap != nil)
  }
}

/// How many there are of what.
public struct Summary: Sendable {
  public let mappings: Int
  /// Mappings that are not `other`.
  public let guestMappings: Int
  public let counts: ClassCounts
  /// Configured disks without mapping or volume that should have one.
  public let missing: Int
  /// Stopped guests' disks without a mapping.
  public let missingNormal: Int
  /// Warnings and criticals that count.
  public let issues: Int
  /// Findings that an ignore list takes out of the count.
  public let ignored: Int

  init(
    inventory: Inventory, verdicts: [Verdict], missing: [MissingDisk], findings: [Finding]
  ) {
    let counts = ClassCounts(of: verdicts)
    mappings = verdicts.count
    guestMappings = verdicts.count - counts[.other]
    self.counts = counts
    missingNormal = missing.count { $0.rule === Rule.inactiveDisk }
    self.missing = missing.count - missingNormal
    issues = findings.count { $0.severity >= .warning && $0.ignored == nil }
    ignored = findings.count { $0.ignored != nil }
  }

  /// The predecessor's counts: an entry may be both stale and orphaned.
  init(_ opinion: PredecessorOpinion, findings: [Finding]) {
    mappings = opinion.verdicts.count
    guestMappings = opinion.valid + opinion.stale
    var counts = ClassCounts()
    counts[.valid] = opinion.valid
    counts[.stale] = opinion.stale
    counts[.orphaned] = opinion.orphaned
    if opinion.gap == nil {
      counts[.other] = opinion.verdicts.count - opinion.valid - opinion.stale
    } else {
      counts[.unknown] = opinion.verdicts.count
    }
    self.counts = counts
    missing = opinion.missing.count
    missingNormal = 0
    issues = findings.count { $0.severity >= .warning && $0.ignored == nil }
    ignored = findings.count { $0.ignored != nil }
  }
}

import BundleFormat
import NodeState
import Threads

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

  /// What the predecessor says beside our words; nil where it was not asked, or they are its own.
  public var comparison: PredecessorOpinion? { policy == .v27 ? nil : predecessor }
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
    var findings = found.0
    if !plan.refused.isEmpty {
      let refused = Dictionary(
        plan.refused.map { ($0.mapping, $0.why) }, uniquingKeysWith: { first, _ in first })
      for index in findings.indices { findings[index].heed(refused: refused) }
    }
    self.findings = findings
    ignoreUse = found.1
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
    summary = Summary(opinion, of: inventory, findings: findings)
    plan = RemediationPlan(inventory: inventory, verdicts: opinion.verdicts)
    grade = opinion.grade
    predecessor = opinion
  }

  public var snapshot: NodeSnapshot { inventory.snapshot }

  /// Whether all guests' configurations are there; else none means nothing.
  public var areConfigurationsKnown: Bool { inventory.distrust == nil }

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

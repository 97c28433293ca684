import BundleFormat
import NodeState

/// Everything concluded of one node from one bundle.
public struct Assessment: Sendable {
  public let inventory: Inventory
  /// One verdict a mapping, in the order of ``Inventory/mappings``: by name bytes.
  public let verdicts: [Verdict]
  public let missing: [MissingDisk]
  /// Notice and above: worst first, then by rule and subject.
  public let findings: [Finding]
  public let summary: Summary
  public let plan: RemediationPlan
  public let grade: Grade

  public init(of snapshot: NodeSnapshot) {
    self.init(of: Inventory.joining(snapshot))
  }

  init(of inventory: Inventory) {
    self.inventory = inventory
    let judge = Judge(inventory: inventory)
    let verdicts = inventory.mappings.map { judge.verdict(on: $0) }
    self.verdicts = verdicts
    missing = inventory.missingDisks()
    findings = Finding.all(inventory, verdicts: verdicts, missing: missing)
    summary = Summary(
      inventory: inventory, verdicts: verdicts, missing: missing, findings: findings)
    plan = RemediationPlan(inventory: inventory, verdicts: verdicts)
    grade = Grade(
      inventory: inventory, verdicts: verdicts, missing: missing, findings: findings, plan: plan)
  }

  public var snapshot: NodeSnapshot { inventory.snapshot }

  /// The worst severity of any finding; nil when there is none.
  public var worstSeverity: Severity? { findings.first?.severity }

  /// Whether a required source is missing, altered or not understood.
  public var lacksRequiredSource: Bool { snapshot.sources.contains(where: \.isRequiredGap) }
}

/// How many there are of what.
public struct Summary: Sendable {
  public let mappings: Int
  /// Mappings that are not `other`.
  public let guestMappings: Int
  public let counts: [Classification: Int]
  /// Configured disks without mapping or volume that should have one.
  public let missing: Int
  /// Stopped guests' disks without a mapping.
  public let missingNormal: Int
  /// Warnings and criticals.
  public let issues: Int

  init(
    inventory: Inventory, verdicts: [Verdict], missing: [MissingDisk], findings: [Finding]
  ) {
    var counts: [Classification: Int] = [:]
    for verdict in verdicts { counts[verdict.classification, default: 0] += 1 }
    mappings = verdicts.count
    guestMappings = verdicts.count - (counts[.other] ?? 0)
    self.counts = counts
    missingNormal = missing.filter { $0.rule.name == Rule.inactiveDisk.name }.count
    self.missing = missing.count - missingNormal
    issues = findings.filter { $0.severity >= .warning }.count
  }
}

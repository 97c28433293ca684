import NodeState

/// How many there are of what.
public struct Summary: Sendable {
  /// Nil where the mappings could not be read.
  public let mappings: MappingCounts?
  /// Configured disks without mapping or volume that should have one; nil where guests or mappings are not
  /// known.
  public let missing: Int?
  /// Stopped guests' disks without a mapping; nil as above.
  public let missingNormal: Int?
  /// Warnings and criticals that count.
  public let issues: Int
  /// Findings that an ignore list takes out of the count.
  public let ignored: Int

  /// How many mappings there are.
  public struct MappingCounts: Sendable {
    public let total: Int
    /// Those that are not `other`.
    public let ofGuests: Int
    public let classes: ClassCounts
  }

  init(
    inventory: Inventory, verdicts: [Verdict], missing: [MissingDisk], findings: [Finding]
  ) {
    let areMappingsRead = inventory.snapshot.areMappingsRead
    let classes = ClassCounts(of: verdicts)
    mappings =
      areMappingsRead
      ? MappingCounts(
        total: verdicts.count, ofGuests: verdicts.count - classes[.other], classes: classes)
      : nil
    let isMissingKnown = areMappingsRead && inventory.distrust == nil
    let normal = missing.count { $0.rule === Rule.inactiveDisk }
    missingNormal = isMissingKnown ? normal : nil
    self.missing = isMissingKnown ? missing.count - normal : nil
    (issues, ignored) = Self.counts(of: findings)
  }

  /// The predecessor's counts: an entry may be both stale and orphaned.
  init(_ opinion: PredecessorOpinion, of inventory: Inventory, findings: [Finding]) {
    var classes = ClassCounts()
    classes[.valid] = opinion.valid
    classes[.stale] = opinion.stale
    classes[.orphaned] = opinion.orphaned
    if opinion.gap == nil {
      classes[.other] = opinion.verdicts.count - opinion.valid - opinion.stale
    } else {
      classes[.unknown] = opinion.verdicts.count
    }
    mappings =
      inventory.snapshot.areMappingsRead
      ? MappingCounts(
        total: opinion.verdicts.count, ofGuests: opinion.valid + opinion.stale, classes: classes)
      : nil
    missing = opinion.gap == nil ? opinion.missing.count : nil
    missingNormal = opinion.gap == nil ? 0 : nil
    (issues, ignored) = Self.counts(of: findings)
  }

  private static func counts(of findings: [Finding]) -> (issues: Int, ignored: Int) {
    (
      findings.count { $0.severity >= .warning && $0.ignored == nil },
      findings.count { $0.ignored != nil }
    )
  }
}

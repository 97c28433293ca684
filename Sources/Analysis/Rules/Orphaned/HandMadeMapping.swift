import BundleFormat
import NodeState

extension Rule {
  /// A mapping without a uuid that is named like a guest's disk.
  static let handMadeMapping = Rule(
    "hand-made-mapping", .orphaned, .warning, title: "Made by hand, named like a guest's disk",
    RuleExplanation(
      meaning: "It has no uuid, so neither LVM nor PVE made it; nobody uses it, nothing names it.",
      harm: "It holds a name that a guest's disk may need, and perhaps a window onto a disk.",
      cause: "dmsetup create by hand: a test, a recovery, another tool.",
      remedy: "Remove it by its name once you know who made it.",
      wrongRemedy: "Testing cleaners with a linear table on a real disk: use zero.",
      step: "dmsetup remove by name, phase 2 (asks first)",
      needs: [
        .dmsetupInfo, .dmsetupTable, .guestConfigs, .pveVmlist, .storageCfg, .fstab, .devLinks,
        .tasksActive,
      ],
      references: [
        "dmsetup(8), create",
        "LVM2 lib/activate/dev_manager.c: LVM always gives a uuid",
      ]),
    of: .withoutUUID, without: [.open, .named],
    asking: [.withoutUUID, .notOpen, .notNamed, .notNamedElsewhere, .otherwise("fstab names it")]
  ) { facts, inventory in
    // Somebody may make it on every node by hand, so that the guest can move.
    guard facts.foreignPlace == nil else { return .silent }
    if let doubt = inventory.doubtAboutNames(of: facts) { return .lacks(.guests(doubt)) }
    switch inventory.fstabNames(facts) {
    case nil:
      return .lacks(.guests("whether fstab names it can't be said: fstab or links are missing"))
    case true?: return .silent
    case false?: break
    }
    let blocked = facts.namesake.map { " It has the name of the living volume \($0.name)." } ?? ""
    return .matches(
      RuleMatch(
        "It has no uuid: neither LVM nor PVE made it. It is not open, and neither a configuration "
          + "nor fstab names it.\(blocked)",
        evidence: [facts.evidence] + facts.tableEvidence, step: .removeByName))
  }
}

extension Inventory {
  /// Whether a line of fstab names a mapping or a partition of it; nil when nobody can say.
  func fstabNames(_ facts: MappingFacts) -> Bool? {
    guard let lines = fstab else {
      return InventoryTrust.isUnread(.fstab, in: snapshot.bundle) ? nil : false
    }
    let mappings = [facts.mapping] + facts.partitions.map { self.mappings[$0].mapping }
    var isKnown = true
    for line in lines {
      if mappings.contains(where: { line.text.utf8.span.contains($0.name.utf8.span) }) {
        return true
      }
      for target in line.targets {
        if mappings.contains(where: target.isName) { return true }
        switch target {
        case .uncollected: isKnown = false
        case .unresolved: isKnown = isKnown && references.paths.areRead
        case .volume, .mapping, .device, .minor, .uuid, .nothingMapped: continue
        }
      }
    }
    return isKnown ? false : nil
  }
}

extension Span<UInt8> {
  /// Whether another text stands somewhere in this one, byte by byte.
  fileprivate func contains(_ other: Span<UInt8>) -> Bool {
    guard other.count <= count else { return false }
    return (0...(count - other.count)).contains { start in
      other.indices.allSatisfy { self[start + $0] == other[$0] }
    }
  }
}

import BundleFormat
import NodeState

extension Rule {
  /// Two mappings of one thin device.
  static let sameThinDevice = Rule(
    "same-thin-device", .duplicate, .warning, title: "Two mappings are the same thin device",
    RuleExplanation(
      meaning: "Two thin mappings have the same pool and the same device id in it.",
      harm: "Two writers may destroy each other's data.",
      cause: "A device was mapped a second time by hand or by a tool behind LVM's back.",
      remedy: "Decide which is the living one: the one that LVM's metadata confirms.",
      wrongRemedy: "Removing by name: names say nothing here.",
      severities: "critical when both are open",
      needs: [.dmsetupInfo, .dmsetupTable, .lvs],
      references: [
        "lvmthin(7)",
        "Linux Documentation/admin-guide/device-mapper/thin-provisioning.rst",
      ]),
    without: .confirmed,
    asking: [
      .sameThinDevice,
      .otherwise("LVM's metadata says which of the two lives, so it keeps its class"),
    ]
  ) { facts, inventory in
    guard let others = inventory.sameThinDevice(as: facts), !others.isEmpty else {
      return .silent
    }
    if facts.isGhost, others.contains(where: \.isConfirmed) { return .silent }
    return .matches(inventory.sameThinMatch(of: facts, others))
  }
}

extension Inventory {
  func sameThinDevice(as facts: MappingFacts) -> [MappingFacts]? {
    guard !collisions.sameThinDevice.isEmpty, let position = positions[facts.mapping.device] else {
      return nil
    }
    return collisions.sameThinDevice[position]?.map { mappings[$0] }
  }

  /// What the finding says, for each mapping of a pair, whatever its class.
  func sameThinMatch(of facts: MappingFacts, _ others: [MappingFacts]) -> RuleMatch {
    let names = others.prefix(3).map(\.mapping.name).joined(separator: ", ")
    let openers = facts.isOpen && others.contains(where: \.isOpen)
    return RuleMatch(
      "It is the same device of the same thin pool as \(names). \(([facts] + others).whichLives)",
      severity: openers ? .critical : .warning,
      evidence: [facts.evidence] + facts.tableEvidence + others.prefix(2).map(\.evidence))
  }
}

import BundleFormat
import NodeState

extension Rule {
  /// A mapping of a group that was made anew on the same disks.
  static let recreatedGroup = Rule(
    "recreated-group", .wrong, .critical, title: "The volume group was made anew",
    RuleExplanation(
      meaning: "The mapping's group is gone, and another group has its name and its disks.",
      harm: "The mapping shows and writes blocks that belong to the new group's volumes.",
      cause: "The group was deleted and created again, or restored, by another node.",
      remedy: "Find out what uses the mapping, stop it, and reboot this node in a window.",
      wrongRemedy: "Trusting the group's name: LVM knows groups by uuid.",
      needs: [.dmsetupInfo, .dmsetupTable, .lvs, .vgs, .pvs],
      references: [
        "LVM2 lib/activate/dev_manager.c: a mapping is known by the group's and volume's uuid",
        "vgrename(8), by uuid",
      ]),
    of: .groupAbsent,
    asking: [.groupAbsent]
  ) { facts, inventory in
    let unread = RuleOutcome.lacks(.volumes("no readable volume group has the uuid of its group"))
    let lower = facts.mapping.dependencies
    guard let name = facts.path?.group, !lower.isEmpty,
      let physicalVolumes = inventory.snapshot.lvm.physicalVolumes.value,
      let group = inventory.snapshot.lvm.groups.value?.first(where: { group in
        guard group.name == name, case .trusted? = inventory.groups?[group.id] else { return false }
        let devices = Set(physicalVolumes.filter { $0.groupID == group.id }.compactMap(\.device))
        return lower.allSatisfy(devices.contains)
      })
    else { return unread }
    return .matches(
      RuleMatch(
        "The group \(name) has another uuid than this mapping's group, and all of the mapping's "
          + "devices belong to it now; \(facts.openWords).",
        evidence: [facts.evidence, Evidence(group.location, from: .vgs)] + facts.tableEvidence))
  }
}

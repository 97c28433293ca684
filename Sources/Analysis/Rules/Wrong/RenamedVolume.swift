import BundleFormat
import NodeState

extension Rule {
  /// A mapping that still bears the name that its volume had.
  static let renamedVolume = Rule(
    "renamed-volume", .wrong, .warning, title: "The volume was renamed, the mapping was not",
    RuleExplanation(
      meaning: "LVM has the mapping's volume under another name.",
      harm: "The path under /dev leads to another volume's content; a new volume of the old name "
        + "cannot be activated here.",
      cause: "Another node renamed it: a snapshot or rollback of a volume chain, a template, a "
        + "disk given to another guest, a removal with wiping.",
      remedy:
        "While nobody uses it, deactivate it by identity: LVM finds it by uuid and removes the "
        + "old name. In use: stop or migrate the guest first.",
      wrongRemedy: "dmsetup remove by name, which may meet a new volume.",
      severities: "critical if a living volume has the mapping's name",
      step: "lvchange -an by identity, phase 2 (asks first), unless the volume is being wiped",
      needs: [.dmsetupInfo, .lvs, .vgs, .pvs, .guestConfigs, .tasksActive], uses: [.haConfig],
      // tools/lab: lvchange -an finds the mapping by uuid and removes the old name.
      references: [
        "https://github.com/adminsyspro/proxcenter-ui/issues/995",
        "pve-storage, src/PVE/Storage/LVMPlugin.pm: a snapshot of a volume chain renames the "
          + "volume",
      ]),
    of: .otherName,
    asking: [.known, .otherName]
  ) { facts, inventory in
    guard let volume = facts.volume else { return .silent }
    let managed = inventory.highAvailability(of: facts)
    let isWiping = volume.name.hasPrefix("del-")
    let blocked = facts.namesake.map {
      " The living volume \($0.groupName)/\($0.name) has its name and cannot be activated here."
    }
    return .matches(
      RuleMatch(
        "LVM calls this volume \(volume.groupName)/\(volume.name); the mapping still has its old "
          + "name; \(facts.openWords).\(blocked ?? "")\(managed.words)",
        severity: facts.namesake == nil ? .warning : .critical,
        evidence: [facts.evidence] + facts.volumeEvidence + managed.evidence,
        step: isWiping ? nil : .deactivate(phase: 2)))
  }
}

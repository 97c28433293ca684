import BundleFormat
import NodeState

extension Rule {
  /// A living volume that no configuration names.
  static let unreferencedVolume = Rule(
    "unreferenced-volume", .orphaned, .notice, title: "A volume that no configuration names",
    RuleExplanation(
      meaning: "The volume lives in a storage of this node, nobody uses it, and no configuration "
        + "of any node names it.",
      harm: "It takes space. On shared storage its mapping here becomes a leftover when another "
        + "node deletes the volume.",
      cause: "A guest's removal or a restore was broken off, or a configuration was edited.",
      remedy:
        "pvesm list STORAGE --vmid ID shows it; qm disk rescan or pct rescan adds it as unused to "
        + "the configuration of a guest of this node that has its number. Then decide. On shared storage "
        + "the mapping may be deactivated; the volume stays.",
      wrongRemedy: "lvremove or pvesm free before anybody looked into it.",
      step: "on shared storage, if thick, lvchange -an by identity, phase 2 (asks first)",
      needs: [
        .dmsetupInfo, .dmsetupTable, .lvs, .vgs, .pvs, .guestConfigs, .pveVmlist, .storageCfg,
        .tasksActive,
      ],
      references: [
        "https://github.com/Telmate/terraform-provider-proxmox/issues/781",
        "qm(1), disk rescan; pct(1), rescan",
        "pve-docs, pvecm.adoc: clusters must not share a storage",
      ]),
    of: [.confirmed, .managed], without: [.open, .named, .foreign],
    asking: [.confirmed, .managed, .notOpen, .notNamed, .noForeignReference]
  ) { facts, inventory in
    if facts.traits.contains(.snapshot), inventory.backupTask(of: facts) != nil {
      return .lacks(.guests("a backup is running, which may have made the snapshot"))
    }
    if let doubt = inventory.doubtAboutNames(of: facts) { return .lacks(.guests(doubt)) }
    let origin = facts.volume.map(\.creationHost) ?? ""
    let madeBy = origin.isEmpty ? "" : " It was made on \(origin)."
    return .matches(
      RuleMatch(
        "LVM has this volume, it is not open, and no configuration of any node names it.\(madeBy)",
        evidence: [facts.evidence] + facts.volumeEvidence,
        step: facts.isShared && !facts.isThin ? .deactivate(phase: 2) : nil))
  }
}

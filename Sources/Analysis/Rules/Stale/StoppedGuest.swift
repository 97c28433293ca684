import BundleFormat
import NodeState

extension Rule {
  /// A stopped guest's thick disk, still mapped.
  static let stoppedGuest = Rule(
    "stopped-guest", .stale, .info, title: "A stopped guest's disk is mapped",
    RuleExplanation(
      meaning: "The guest is configured on this node and stopped, and its thick disk is mapped.",
      harm: "Harmless on local storage. On shared storage it becomes a leftover as soon as another "
        + "node deletes, resizes or starts the disk.",
      cause: "Creation activates a disk, and so does LVM at boot.",
      remedy: "On shared storage: deactivate it; PVE activates it again for a guest that has it "
        + "as a disk.",
      wrongRemedy: "dmsetup remove: LVM knows this volume.",
      severities: "notice on shared storage",
      step: "on shared storage lvchange -an by identity, phase 1 (without a question)",
      needs: [
        .dmsetupInfo, .dmsetupTable, .lvs, .vgs, .pvs, .guestConfigs, .pveVmlist, .storageCfg,
        .qemuProcesses, .containerSockets, .tasksActive,
      ],
      references: [
        "pve-storage, src/PVE/Storage/LVMPlugin.pm: deactivate_volume",
        "lvmautoactivation(7)",
        "https://bugzilla.proxmox.com/show_bug.cgi?id=4997",
      ]),
    of: [.confirmed, .referencedHere], without: [.thin, .open, .withProcess],
    asking: [.confirmed, .thick, .notOpen, .stoppedReference]
  ) { facts, inventory in
    guard let reference = inventory.stoppedReference(to: facts) else { return .silent }
    return .matches(
      RuleMatch(
        "\(reference.place) names it, the guest does not run, and it is not open."
          + (facts.isShared ? " Its storage is shared: another node may change the disk." : ""),
        severity: facts.isShared ? .notice : .info,
        evidence: [facts.evidence, reference.evidence],
        step: facts.isShared ? .deactivate(phase: 1) : nil))
  }
}

extension Inventory {
  /// A reference of a guest of this node when none of those that name the mapping runs.
  func stoppedReference(to facts: MappingFacts) -> ResolvedReference? {
    guard !facts.traits.contains(.withProcess) else { return nil }
    return facts.references.firstAttachedOrFirst { $0.counts && $0.isHere }
  }
}

import BundleFormat
import NodeState

extension Rule {
  /// A stopped guest's thin disk: PVE leaves those mapped.
  static let idleThinVolume = Rule(
    "idle-thin-volume", .valid, .info, title: "A stopped guest's thin disk",
    RuleExplanation(
      meaning: "The guest or template is configured on this node and stopped; its disk is thin.",
      harm: "None: PVE leaves thin volumes active on purpose.",
      cause: "Deactivation does nothing for thin volumes.", remedy: "Nothing is to be done.",
      wrongRemedy: "Taking every disk of a stopped guest for stale.",
      needs: [
        .dmsetupInfo, .lvs, .vgs, .pvs, .guestConfigs, .storageCfg, .qemuProcesses,
        .containerSockets,
      ],
      references: [
        "pve-storage, src/PVE/Storage/LvmThinPlugin.pm: deactivate_volume returns early on purpose",
        "lvmthin(7)",
      ]),
    of: [.confirmed, .thin, .referencedHere], without: [.open, .withProcess],
    asking: [.confirmed, .thin, .notOpen, .stoppedReference]
  ) { facts, inventory in
    guard let reference = inventory.stoppedReference(to: facts) else { return .silent }
    return .matches(
      RuleMatch(
        reference, " names it and the guest does not run; PVE leaves thin volumes mapped.",
        of: facts))
  }
}

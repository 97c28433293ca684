import BundleFormat
import NodeState

extension Rule {
  /// A stopped guest's disk without a mapping: as it should be.
  static let inactiveDisk = Rule(
    "inactive-disk", nil, .info, title: "A stopped guest's disk is not mapped",
    RuleExplanation(
      meaning: "The guest does not run, and its disk has no mapping.",
      harm: "None: PVE maps it when the guest starts.", cause: "The guest is stopped.",
      remedy: "Nothing is to be done.",
      wrongRemedy: "Taking it for a lost disk.",
      needs: [.guestConfigs, .storageCfg, .dmsetupInfo, .qemuProcesses, .containerSockets],
      references: [
        "pve-storage, src/PVE/Storage/LVMPlugin.pm: deactivate_volume"
      ]))
}

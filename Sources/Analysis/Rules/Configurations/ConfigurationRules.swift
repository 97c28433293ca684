import BundleFormat
import NodeState

extension Rule {
  /// A running guest's disk that has no mapping.
  static let missingMapping = Rule(
    "missing-mapping", nil, .warning, title: "A running guest's disk has no mapping",
    RuleExplanation(
      meaning: "The guest runs here, has the disk attached on an LVM storage, and no mapping of "
        + "the volume exists.",
      harm: "The guest uses something else, or nothing: a restart may bring another disk.",
      cause: "The disk was attached while the guest ran, or the mapping was removed behind it.",
      remedy: "Compare the guest's hardware with its process; restart it in a window.",
      wrongRemedy: "Making the mapping by hand with dmsetup create.",
      needs: [.guestConfigs, .storageCfg, .dmsetupInfo, .qemuProcesses, .containerSockets],
      references: [
        "qm(1), showcmd",
        "pve-storage, src/PVE/Storage/LVMPlugin.pm: activate_volume",
      ]))

  /// A configured disk whose volume doesn't exist.
  static let missingVolume = Rule(
    "missing-volume", nil, .critical, title: "A configured disk has no volume",
    RuleExplanation(
      meaning: "A configuration of this node names a volume that LVM's trusted metadata doesn't "
        + "have.",
      harm: "The guest does not start, or starts without the disk.",
      cause: "The volume was deleted or renamed by hand or by another node.",
      remedy: "Look for the volume in the other storages and in /etc/lvm/archive.",
      wrongRemedy: "Creating an empty volume of that name.",
      needs: [.guestConfigs, .storageCfg, .lvs, .vgs, .pvs],
      references: [
        "vgcfgrestore(8)",
        "https://suse.com/c/recovering-lost-lvm-volume-disk",
      ]))

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

import BundleFormat
import NodeState

extension Rule {
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
      severities: "notice for cloud-init drives, unused disks and snapshots",
      needs: [.guestConfigs, .storageCfg, .lvs, .vgs, .pvs],
      references: [
        "vgcfgrestore(8)",
        "https://suse.com/c/recovering-lost-lvm-volume-disk",
      ]))
}

import BundleFormat

extension Rule {
  /// A configured disk whose volume doesn't exist.
  static let missingVolume = Rule(
    "missing-volume", nil, .critical, title: "A configured disk has no volume",
    RuleExplanation(
      meaning: "A configuration of this node names a volume that LVM's trusted metadata doesn't "
        + "have.",
      harm:
        "With an attached disk, the guest does not start. PVE makes a cloud-init drive anew; an unused "
        + "disk's line is all that is left of it; a snapshot can't be rolled back to.",
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

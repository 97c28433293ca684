import BundleFormat
import NodeState

extension Rule {
  /// A guest's disk in a group that PVE doesn't manage here.
  static let unmanagedGroup = Rule(
    "unmanaged-group", .orphaned, .notice, title: "No storage of this node has the volume group",
    RuleExplanation(
      meaning: "It is named like a guest's disk, and its group belongs to no lvm or lvmthin "
        + "storage of this node.",
      harm: "None by itself: nobody here manages these volumes.",
      cause: "The storage was removed from the configuration, or the disks are of another cluster.",
      remedy: "Find out whose disks they are before anything else.",
      wrongRemedy: "Taking the name for a proof that the guest of that number owned it.",
      needs: [.storageCfg, .dmsetupInfo],
      references: [
        "pve-docs, pvesm.adoc",
        "pve-docs, pvecm.adoc: clusters must not share a storage",
      ]),
    of: .publicVolume, without: [.managed, .referenced],
    asking: [
      .unmanaged, .unreferenced,
      .otherwise("it has no uuid of an LVM volume, or is a leftover on a group that others share"),
    ]
  ) { facts, inventory in
    // A leftover on a group that other nodes share is one, whoever may use the storage.
    if facts.isGhost, facts.isShared { return .silent }
    return .matches(
      RuleMatch(
        "The group \(facts.groupName) belongs to no lvm or lvmthin storage of \(inventory.nodeName); "
          + "\(facts.openWords).",
        evidence: [facts.evidence] + facts.groupEvidence + facts.volumeEvidence))
  }
}

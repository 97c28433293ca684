import BundleFormat
import NodeState

extension Rule {
  /// LVM sees one physical volume on two devices.
  static let duplicatePhysicalVolume = Rule(
    "duplicate-physical-volume", nil, .warning, title: "One disk appears twice",
    RuleExplanation(
      meaning: "LVM sees one physical volume on two devices.",
      harm: "LVM refuses to activate, or uses a single path.",
      cause: "Multipath isn't in use, or a disk was cloned.",
      remedy: "Set multipath up, or filter the copy.",
      wrongRemedy: "pvremove or wipefs on one of the two: it may be the same disk.",
      needs: [.pvs],
      references: [
        "pvs(8), pv_duplicate",
        "https://pve.proxmox.com/wiki/Multipath",
      ]),
    examine: { inventory in
      (inventory.snapshot.lvm.physicalVolumes.value ?? []).filter(\.isDuplicate).map {
        NodeMatch(
          $0.name, "LVM marks \($0.name) as a duplicate.",
          evidence: [Evidence($0.location, from: .pvs)])
      }
    })
}

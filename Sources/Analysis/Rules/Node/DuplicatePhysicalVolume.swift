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
      // LVM prints a line for each of a volume's segments where it is asked for them.
      var named: Set<String> = []
      return (inventory.snapshot.lvm.physicalVolumes.value ?? [])
        .filter { $0.isDuplicate && named.insert($0.name).inserted }
        .map {
          NodeMatch(
            $0.name, "LVM marks \($0.name) as a duplicate.",
            evidence: [Evidence($0.location, from: .pvs)])
        }
    })
}

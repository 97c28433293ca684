import BundleFormat
import NodeState

extension Rule {
  /// Every node that boots activates the volumes of a shared storage.
  static let autoactivationOnSharedStorage = Rule(
    "autoactivation-on-shared-storage", nil, .warning,
    title: "Volumes on shared storage are activated at boot",
    RuleExplanation(
      meaning: "LVM activates volumes of a shared storage on every node that boots.",
      harm: "Every node maps every guest's disk: each deletion or rename on another node leaves a "
        + "leftover here.",
      cause: "Volumes that pve-storage before 9.0.3 made have no flag against it.",
      remedy: "/usr/share/pve-manager/migrations/pve-lvm-disable-autoactivation, the vendor's own.",
      wrongRemedy: "vgchange --setautoactivation n everywhere: Ceph OSD volumes need it.",
      needs: [.lvs, .storageCfg],
      references: [
        "lvmautoactivation(7)",
        "https://bugzilla.proxmox.com/show_bug.cgi?id=4997",
        "https://github.com/proxmox/pve-manager/commit/92bbc0c89fe7331ab122ff396f5e23ab31fa0765",
      ]),
    examine: { inventory in
      let shared = Set(inventory.storages.filter(\.isShared).compactMap(\.volumeGroup))
      if shared.isEmpty { return [] }
      let active = (inventory.snapshot.lvm.volumes.value ?? []).filter {
        $0.hasAutoactivation == true && !$0.isInternal && !$0.skipsActivation
          && shared.contains($0.groupName) && GuestVolumeName(volume: $0.name) != nil
      }
      return Dictionary(grouping: active, by: \.groupName).map { group, volumes in
        NodeMatch(
          group,
          "\(volumes.count == 1 ? "One guest volume" : "\(volumes.count) guest volumes") of \(group) "
            + "\(volumes.count == 1 ? "is" : "are") activated at boot on every node.",
          evidence: volumes.prefix(3).map { Evidence($0.location, from: .lvs) })
      }
    })
}

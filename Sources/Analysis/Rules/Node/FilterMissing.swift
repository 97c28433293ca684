import BundleFormat
import NodeState

extension Rule {
  /// LVM's filter lets guests' disks through.
  static let filterMissing = Rule(
    "filter-missing", nil, .warning, title: "LVM may scan guests' disks",
    RuleExplanation(
      meaning: "LVM's filter does not keep out zvols and RBD devices, or scan_lvs is on.",
      harm: "The host may activate groups that live inside guests.",
      cause: "An upgrade took the distribution's lvm.conf.",
      remedy: "In /etc/lvm/lvm.conf, let devices/global_filter reject /dev/zd.* and /dev/rbd.*, as "
        + "pve-manager's postinst does, and set devices/scan_lvs to 0.",
      wrongRemedy: "A stranger's filter: it may reject your own disks.",
      needs: [.lvmconfig],
      references: [
        "https://github.com/proxmox/pve-manager/commit/78d1042eab654f71b1ce4c6f405a80ca2c935e8a",
        "lvm.conf(5), devices/global_filter and devices/scan_lvs",
      ]),
    examine: { inventory in
      let host = inventory.snapshot.host
      guard !host.lvmSettings.isEmpty else { return [] }
      let evidence = host.lvmSettingsLocation.map { [Evidence($0, from: .lvmconfig)] } ?? []
      var matches: [NodeMatch] = []
      if host.lvmSettings["devices/scan_lvs"] == "1" {
        matches.append(
          NodeMatch("scan_lvs", "devices/scan_lvs is 1: LVM scans volumes.", evidence: evidence))
      }
      if let filter = host.lvmSettings["devices/global_filter"],
        ["/dev/zd", "/dev/rbd"].contains(where: { disk in
          LVMFilter(filter)?.accepts("\(disk)0") ?? !filter.contains(disk)
        })
      {
        matches.append(
          NodeMatch(
            "global_filter",
            "devices/global_filter does not reject /dev/zd and /dev/rbd: \(filter)",
            evidence: evidence))
      }
      return matches
    })
}

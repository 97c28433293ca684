import BundleFormat
import NodeState

extension Rule {
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
          "\(volumes.count) guest volumes of \(group) are activated at boot on every node.",
          evidence: volumes.prefix(3).map { Evidence($0.location, from: .lvs) })
      }
    })

  static let filterMissing = Rule(
    "filter-missing", nil, .warning, title: "LVM may scan guests' disks",
    RuleExplanation(
      meaning: "LVM's filter does not keep out zvols and RBD devices, or scan_lvs is on.",
      harm: "The host may activate groups that live inside guests.",
      cause: "An upgrade took the distribution's lvm.conf.",
      remedy: "Put PVE's global_filter back, as pve-manager's postinst writes it.",
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

  static let stuckUdevCookie = Rule(
    "stuck-udev-cookie", nil, .warning, title: "A device-mapper command waits for udev",
    RuleExplanation(
      meaning: "A udev cookie exists: some command waits for udev to finish.",
      harm: "If it stays, lvchange and dmsetup remove wait for ever.",
      cause: "udev hangs or lost an event.",
      remedy: "Look again after a minute; then find the hung udev worker.",
      wrongRemedy: "dmsetup udevcomplete_all while commands are at work.",
      needs: [.dmsetupUdevcookies],
      // Measured on a real kernel by tools/lab, too.
      references: [
        "dmsetup(8), udevcookies"
      ]),
    examine: { inventory in
      guard let first = inventory.snapshot.host.udevCookies.first else { return [] }
      let count = inventory.snapshot.host.udevCookies.count
      return [
        NodeMatch(
          inventory.nodeName, "\(count) udev \(count == 1 ? "cookie exists" : "cookies exist").",
          evidence: [Evidence(first.location, from: .dmsetupUdevcookies)])
      ]
    })

  static let duplicateGroupName = Rule(
    "duplicate-group-name", nil, .warning, title: "Two volume groups have one name",
    RuleExplanation(
      meaning: "LVM sees two groups of the same name.",
      harm: "Volumes of the second can't be activated: Device or resource busy. Repair by name may "
        + "hit the wrong one.",
      cause: "A disk of another system was attached, or a guest's group is visible.",
      remedy: "vgrename UUID NEWNAME, by uuid.", wrongRemedy: "Removing mappings: none is stale.",
      needs: [.vgs],
      references: [
        "vgrename(8), by uuid"
      ]),
    examine: { inventory in
      let groups = inventory.snapshot.lvm.groups.value ?? []
      return Dictionary(grouping: groups, by: \.name).filter { $0.value.count > 1 }.map {
        NodeMatch(
          $0.key, "\($0.value.count) groups are called \($0.key).",
          evidence: $0.value.map { Evidence($0.location, from: .vgs) })
      }
    })

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

  static let versionFault = Rule(
    "version-fault", nil, .warning, title: "The installed version has a known fault",
    RuleExplanation(
      meaning: "A package of this node has a fault that concerns volumes, and the node uses what "
        + "it breaks.",
      harm: "It makes leftovers, or worse.", cause: "The package is older than the repair.",
      remedy:
        "Upgrade the package. For bug 4997 run pve-lvm-disable-autoactivation afterwards: the "
        + "repair concerns new volumes alone.",
      wrongRemedy: "Removing leftovers and keeping the version: they come back.",
      needs: [.packages, .storageCfg],
      references: [
        "https://github.com/proxmox/pve-storage/commit/5c586c0894d58fd5be714bac6c45862121bc831b",
        "https://bugzilla.proxmox.com/show_bug.cgi?id=4997",
        "https://bugzilla.proxmox.com/show_bug.cgi?id=7143",
        "https://bugzilla.proxmox.com/show_bug.cgi?id=6941",
      ]),
    examine: { inventory in
      guard let installed = inventory.snapshot.host.packageVersions["libpve-storage-perl"],
        let version = PackageVersion(installed)
      else { return [] }
      let evidence = [Evidence("libpve-storage-perl \(installed)", from: .packages)]
      var matches: [NodeMatch] = []
      let isSharing = inventory.storages.contains { $0.type == "lvm" && $0.isShared }
      if version < [9, 0, 3], isSharing {
        matches.append(
          NodeMatch(
            "bug-4997",
            "libpve-storage-perl \(installed) makes volumes that every node activates at boot, also "
              + "on shared storage: what another node deletes stays mapped here; repaired in 9.0.3 "
              + "for new volumes.", evidence: evidence))
      }
      let chains = inventory.storages.filter(\.usesVolumeChains)
      if version >= [9, 0], version < [9, 1, 5], chains.count > 1 {
        matches.append(
          NodeMatch(
            "bug-7143",
            "libpve-storage-perl \(installed) activates volume chains by tag, and so activates "
              + "volumes of the same name in other groups; repaired in 9.1.5.", evidence: evidence))
      }
      if version < [9, 0, 14], inventory.storages.contains(where: \.wipesRemovedVolumes) {
        matches.append(
          NodeMatch(
            "bug-6941",
            "libpve-storage-perl \(installed) may wipe a path that is not active, into memory; "
              + "repaired in 9.0.14.", evidence: evidence))
      }
      return matches
    })
}

/// The upstream part of a Debian version, compared number by number.
struct PackageVersion {
  private let numbers: [Int]

  /// Reads `9.0.3` and `9.0.3-1`; nil when it begins with no number.
  init?(_ text: String) {
    let upstream = text.prefix { $0.isNumber || $0 == "." }
    let numbers = upstream.split(separator: ".").map { Int($0) ?? 0 }
    guard !numbers.isEmpty else { return nil }
    self.numbers = numbers
  }

  static func < (left: PackageVersion, right: [Int]) -> Bool {
    for index in 0..<max(left.numbers.count, right.count) {
      let one = index < left.numbers.count ? left.numbers[index] : 0
      let other = index < right.count ? right[index] : 0
      if one != other { return one < other }
    }
    return false
  }

  static func >= (left: PackageVersion, right: [Int]) -> Bool { !(left < right) }
}

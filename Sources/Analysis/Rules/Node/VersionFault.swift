import BundleFormat
import NodeState

extension Rule {
  /// An installed package has a known fault that concerns this node.
  static let versionFault = Rule(
    "version-fault", nil, .warning, title: "The installed version has a known fault",
    RuleExplanation(
      meaning: "A package of this node has a fault that concerns volumes, and the node uses what "
        + "it breaks.",
      harm: "It makes leftovers, or worse.", cause: "The package is older than the repair.",
      remedy:
        "Upgrade the package. For bug 4997 run /usr/share/pve-manager/migrations/"
        + "pve-lvm-disable-autoactivation afterwards: the "
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

import BundleFormat
import NodeState

extension Rule {
  /// A local volume whose guest lives on another node.
  static let leftoverCopy = Rule(
    "leftover-copy", .orphaned, .notice, title: "A local copy of a disk that lives on another node",
    RuleExplanation(
      meaning: "The volume is on this node's local storage, and only guests of other nodes have a "
        + "disk of that name, on their own.",
      harm: "It takes space, and a migration to this node fails: already exists.",
      cause: "A migration was broken off after copying, or the node was restored.",
      remedy: "pvesm list STORAGE --vmid ID shows it here: compare it with the guest's disk on its "
        + "node. pvesm free by hand, when you are sure.",
      wrongRemedy: "Deleting it because the other node has one of that name: which is newer?",
      needs: [.lvs, .guestConfigs, .storageCfg, .lsblk], uses: [.multipath, .iscsiSessions],
      references: [
        "https://github.com/TAPPaaS/TAPPaaS/issues/146",
        "pvesm(1), list",
      ]),
    of: [.confirmed, .foreign], without: [.shared, .open, .named],
    asking: [.confirmed, .local, .notOpen, .notNamed, .foreignReference]
  ) { facts, inventory in
    guard let volume = facts.volume, let foreign = facts.foreignReferences.first else {
      return .silent
    }
    let host = inventory.snapshot.bundle.manifest.node.hostname
    if !volume.creationHost.isEmpty, volume.creationHost != host,
      volume.creationHost != inventory.nodeName
    {
      return .lacks(
        .volumes("\(volume.creationHost) made the volume, so the disk may be a shared one"))
    }
    if let node = facts.strangeNode(inventory) {
      return .lacks(
        .guests("\(foreign.place) may have this very disk: the cluster has no node \(node)"))
    }
    if let reason = inventory.doubtAboutLocality(of: volume.groupID) {
      return .lacks(.volumes(reason))
    }
    return .matches(
      RuleMatch(
        "\(foreign.place) has a disk of this name on its own \(foreign.storage?.id ?? "storage"); "
          + "this one is local here, and no configuration of this node names it.",
        evidence: [facts.evidence, foreign.evidence] + facts.volumeEvidence))
  }
}

extension Inventory {
  /// Why a group that no storage declares shared may be shared all the same; nil when it is local.
  func doubtAboutLocality(of group: LVMID) -> String? {
    let devices = (snapshot.lvm.physicalVolumes.value ?? []).filter { $0.groupID == group }
    for physicalVolume in devices {
      guard let device = physicalVolume.device else {
        return "the device of \(physicalVolume.name) is unknown"
      }
      // The kernel gives RBD's driver no number of its own.
      let place =
        physicalVolume.name.hasPrefix("/dev/rbd") ? "a Ceph image" : sharedPlace(of: device)
      if let place {
        return "\(physicalVolume.name) is on \(place), so other nodes may have the disk, too"
      }
    }
    guard let transports = diskTransports else {
      return "how the disks are attached was not collected"
    }
    for physicalVolume in devices {
      guard let transport = physicalVolume.device.flatMap({ transports[$0] }) else {
        return "how \(physicalVolume.name) is attached was not collected"
      }
      if DiskTransports.reachesOtherNodes(transport) {
        let target =
          transport == "iscsi" ? snapshot.host.iscsiSessions.first.map { " (\($0.target))" } : nil
        return "\(physicalVolume.name) is attached by \(transport)\(target ?? ""), so other nodes "
          + "may have it, too"
      }
    }
    return nil
  }

  /// What a device is or lies on that other nodes may reach, too, whatever lsblk says of it: a multipath map
  /// or a path of one, and drivers that work over the network; nil for anything else.
  ///
  /// Source: the kernel's `Documentation/admin-guide/devices.txt` (43, 147).
  private func sharedPlace(of device: DeviceNumber) -> String? {
    var seen: Set<DeviceNumber> = []
    var open = [device]
    while let next = open.popLast() {
      guard seen.insert(next).inserted else { continue }
      // Without what multipath says there must not be a step more.
      if disks.mappedPaths.contains(next.wholeDisk) { return "a multipath map" }
      if next.major == 43 { return "a network block device" }
      if next.major == 147 { return "DRBD" }
      guard let position = positions[next] else { continue }
      let mapping = mappings[position].mapping
      if mapping.uuid?.origin == .multipath { return "a multipath map" }
      open += mapping.dependencies
    }
    return nil
  }
}

import BundleFormat
import NodeState

extension Rule {
  /// A mapping that its volume left behind.
  static let ghostMapping = Rule(
    "ghost-mapping", .orphaned, .warning, title: "A leftover of a deleted volume",
    RuleExplanation(
      meaning: "LVM no longer has the volume, nobody uses the mapping, nothing names it.",
      harm: "PVE gives the lowest free id to the next guest. When this name is used again here, "
        + "its creation fails: create ioctl, Device or resource busy. The mapping still reaches "
        + "blocks that may belong to another volume.",
      cause: "Another node deleted the volume while it was mapped here, mostly since boot (Proxmox "
        + "bug 4997).",
      remedy: "Remove the mapping by its uuid, then switch autoactivation off with the vendor's "
        + "/usr/share/pve-manager/migrations/pve-lvm-disable-autoactivation.",
      wrongRemedy: "A loop over names with --force or remove_all, or changing guest ids for ever.",
      step: "dmsetup remove by uuid, phase 2 (asks first)",
      needs: [
        .dmsetupInfo, .dmsetupTable, .lvs, .vgs, .pvs, .guestConfigs, .pveVmlist, .storageCfg,
        .tasksActive,
      ], uses: [.lsblk, .multipath, .lvmBackup],
      references: [
        "https://bugzilla.proxmox.com/show_bug.cgi?id=4997",
        "https://github.com/proxmox/pve-storage/commit/f296ffc4e4d64b574c3001dc7cc6af3da1406441",
        "https://forum.proxmox.com/threads/lvm-over-iscsi-volume-stuck-and-cannot-be-created.67740/",
        "https://github.com/unchama/kube-cluster-on-proxmox/issues/1",
      ]),
    of: .ghost, without: [.open, .namesake, .named],
    asking: [.ghost, .notOpen, .noNamesake, .notNamed]
  ) { facts, inventory in
    guard case .ghost(let group) = facts.standing else { return .silent }
    // Another node has a disk of this name on a storage that it calls local: so it had better be.
    let foreign = facts.foreignPlace
    if let foreign, facts.mayBeShared, facts.isNamedElsewhereByStorage {
      return .lacks(.volumes("\(foreign) may be this disk: a storage calls the group shared"))
    }
    if let foreign, let doubt = inventory.doubtAboutLocality(of: group.id) {
      return .lacks(.volumes("\(foreign) may be this disk: \(doubt)"))
    }
    if let doubt = inventory.doubtAboutAbsence(of: facts, from: group)
      ?? inventory.doubtAboutGhost(facts, of: group)
    {
      return .lacks(.volumes(doubt))
    }
    if let node = facts.strangeNode(inventory) {
      return .lacks(
        .guests("\(foreign ?? node) may be this disk: the cluster has no node \(node)"))
    }
    if let doubt = inventory.doubtAboutNames(of: facts) { return .lacks(.guests(doubt)) }
    let past = inventory.past(of: facts)
    let naming =
      foreign.map { "no configuration of this node names it; \($0) means another disk" }
      ?? "no configuration of any node names it"
    return .matches(
      RuleMatch(
        "LVM no longer has this volume (\(facts.groupReading)), it is not open, and "
          + "\(naming).\(past.words)",
        evidence: [facts.evidence] + facts.groupEvidence + past.evidence, step: .removeByUUID))
  }
}

extension MappingFacts {
  /// Whether another node names it by a storage of its own, not by a number or bus that means another disk.
  fileprivate var isNamedElsewhereByStorage: Bool {
    foreignReferences.contains { $0.storage != nil }
      || mentions.contains { !$0.counts && !$0.mention.text.hasPrefix("/") }
  }
}

extension Inventory {
  /// Why a ghost's volume may live under its own name all the same; nil where nothing speaks for it.
  fileprivate func doubtAboutAbsence(of facts: MappingFacts, from group: VolumeGroup) -> String? {
    guard let volume = facts.path?.volume else { return nil }
    // LVM: Internal error: Referenced LV GROUP/VOLUME not listed in VG GROUP.
    let warning = snapshot.lvm.warnings.first { $0.concernsVolume(volume, of: group.name) }
    if let warning { return "LVM warned: \(warning.words)" }
    for case .untrusted(let reason, let twin) in groupsByName[group.name] ?? []
    where twin.id != group.id {
      return "another group is called \(twin.name), and it is not trusted: \(reason)"
    }
    return nil
  }

  /// Why a ghost may be a living disk that LVM shows elsewhere, or of which it reads a copy alone; nil where
  /// nothing speaks for it.
  func doubtAboutGhost(_ facts: MappingFacts, of group: VolumeGroup) -> String? {
    if let other = facts.elsewhere {
      return "LVM has its volume in the group \(other.groupName), as after vgsplit"
    }
    let devices = disksOfGroups[group.id] ?? []
    for device in facts.mapping.dependencies where !devices.contains(device) {
      // A pool, or another layer of the group's own: it is judged by itself.
      if let position = positions[device],
        case .volume(let identity, _)? = mappings[position].mapping.uuid?.origin,
        identity.group == group.id
      {
        continue
      }
      if isPath(device, ofAny: devices) { continue }
      return "its table lies on \(device), which is no disk of \(group.name)"
    }
    return nil
  }

  /// Whether a device is a path of a multipath map that is one of some devices, or whose partition is.
  private func isPath(_ device: DeviceNumber, ofAny devices: Set<DeviceNumber>) -> Bool {
    multipathMaps.contains { map in
      map.mapping.dependencies.contains(device.wholeDisk)
        && (devices.contains(map.mapping.device)
          || map.partitions.contains { devices.contains(mappings[$0].mapping.device) })
    }
  }
}

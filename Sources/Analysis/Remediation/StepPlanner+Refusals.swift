import BundleFormat
import NodeState

/// What stands against a step though the verdict is one: something else needs what it takes.
extension StepPlanner {
  /// Storages and configurations know a group by its name alone.
  func checkGroup(of facts: MappingFacts) throws(Refusal) {
    if let name = facts.path?.group, inventory.hasNamesakes(ofGroup: name) {
      throw Refusal(why: "there are several groups called \(name)")
    }
  }

  /// A table that was not compared with what LVM says may be anybody's. Taken down, a cache, a mirror, a RAID or a
  /// VDO volume writes metadata of its own, also where nobody has it open: another node may have them in use.
  ///
  /// Source: Linux `drivers/md/dm-cache-target.c` (`cache_postsuspend`), `dm-vdo-target.c`
  /// (`vdo_postsuspend`), `dm-writecache.c` (`writecache_suspend`).
  func checkComparison(of facts: MappingFacts) throws(Refusal) {
    guard let volume = facts.volume else { return }
    let types: Set<String>? =
      switch volume.attributes.first {
      case "-": ["linear", "striped"]
      case "V": ["thin"]
      default: nil
      }
    if case .notCompared(let reason) = facts.comparison,
      types != nil || facts.isShared || facts.mayBeShared
    {
      throw Refusal(why: "its table could not be compared with LVM's metadata: \(reason)")
    }
    guard let types else { return }
    let targets = facts.mapping.table.value ?? []
    if let other = targets.map(\.kind.typeName).first(where: { !types.contains($0) }) {
      throw Refusal(
        why: "its live table has a target of type \(other), of which LVM's metadata knows nothing")
    }
  }

  /// PVE activates what lies in a storage or what it is told to: nobody would bring another volume back.
  func checkStorage(of facts: MappingFacts, _ verb: ProposedStep.Verb) throws(Refusal) {
    if verb == .deactivate, facts.storages.isEmpty, facts.countingReferences.isEmpty {
      throw Refusal(why: "no storage of this node has its group: PVE would not activate it again")
    }
  }

  /// LVM activates a volume with the flag `k` only for who asks for it by `-K`; PVE does so for thin ones alone.
  ///
  /// Source: lvs(8), lv_attr, bit 10; lvchange(8), --setactivationskip; pve-storage `LVMPlugin.pm`,
  /// `activate_volume` (`@pve-NAME`) and `rename_volume`.
  func checkActivation(of facts: MappingFacts, _ verb: ProposedStep.Verb) throws(Refusal) {
    guard verb == .deactivate, !facts.isThin, let volume = facts.volume else { return }
    if volume.attributes.utf8.dropFirst(9).first == UInt8(ascii: "k") {
      throw Refusal(
        why: "it has LVM's flag to skip activation, and PVE would not activate it again")
    }
    // PVE activates a disk with its chain of snapshots by the tag of the disk's name; until 9.1.5 a rename did not
    // keep that up.
    let chains = volume.tags.map { $0.hasPrefix("@") ? String($0.dropFirst()) : $0 }
      .filter { $0.hasPrefix("pve-") && $0.hasSuffix(".qcow2") }
    let disks = [volume.name] + GuestVolumeName.volumes(ofSnapshot: volume.name)
    if let tag = chains.first, !disks.contains(where: { chains.contains("pve-\($0)") }) {
      throw Refusal(
        why: "its tag is \(tag), by which PVE would not find it to activate it again")
    }
  }

  /// LVM takes a snapshot and its origin for one: neither goes without the other, which somebody may use.
  ///
  /// Source: lvs(8), lv_attr; LVM2 `tools/lvchange.c` ("will also change its origin").
  func checkSnapshots(of facts: MappingFacts) throws(Refusal) {
    if let type = facts.volume?.attributes.utf8.first, "oOsS".utf8.contains(type) {
      throw Refusal(why: "LVM would deactivate the snapshots and their origin together")
    }
  }

  /// PVE's own disks are never there: what looks like the host's may be a guest's.
  func checkPlace(of facts: MappingFacts) throws(Refusal) {
    if let group = facts.mapping.uuid?.publicVolume?.group,
      let physicalVolume = inventory.disks.groupsOnGuestDevices[group]
    {
      throw Refusal(why: "its group lies on \(physicalVolume.name), as groups of guests do")
    }
  }

  /// A physical volume of a group without active volumes is open for nobody, and yet needed. On a disk that a
  /// guest has, a group that neither a storage nor fstab names is the guest's own: who deactivates the disk
  /// takes nothing from it here.
  func checkPhysicalVolume(
    on facts: MappingFacts, called name: String, _ verb: ProposedStep.Verb
  ) throws(Refusal) {
    guard let volumes = inventory.snapshot.lvm.physicalVolumes.value else {
      throw Refusal(why: "nobody knows whether it is a physical volume: pvs could not be read")
    }
    let isGuests = verb == .deactivate && facts.traits.contains(.referenced)
    for volume in volumes where volume.device == facts.mapping.device {
      let group = volume.groupName
      if isGuests, !group.isEmpty, !inventory.storages.contains(where: { $0.volumeGroup == group }),
        let fstab = inventory.fstab, !fstab.contains(where: { $0.text.contains(group) })
      {
        continue
      }
      throw Refusal(why: "\(name) is a physical volume" + (group.isEmpty ? "" : " of \(group)"))
    }
  }

  /// PVE activates what a storage's id names as a guest's disk, and nothing that other lines name besides. What
  /// is pending comes before that: it may detach the disk. A container's device (dev0) is looked at sooner, too.
  /// The guests of other nodes may come here.
  ///
  /// Source: pve-container `LXC.pm`, `vm_start`: `update_lxc_config` before `activate_volumes`.
  func checkMentions(of facts: MappingFacts) throws(Refusal) {
    let owners = Set(
      facts.countingReferences.lazy.filter {
        $0.isAttached && $0.storage != nil && !$0.configuration.hasPendingChanges
      }.map(\.configuration.id))
    let unserved = facts.countingMentions.first {
      $0.mention.isOfDevice || !owners.contains($0.configuration.id)
    }
    if let unserved {
      throw Refusal(
        why: "\(unserved.mention.place) of guest \(unserved.configuration.id) names it")
    }
  }

  /// PVE activates what a storage's id names; what a path names must be there already.
  ///
  /// A path that leads to this very mapping, by its number or uuid, means no volume that has its name by now.
  func checkPaths(
    of facts: MappingFacts, _ verb: ProposedStep.Verb
  ) throws(Refusal) {
    if verb == .deactivate {
      if let reference = facts.countingReferences.first(where: { $0.storage == nil }) {
        throw Refusal(why: "\(reference.place) names it by its path, and PVE would not activate it")
      }
      if let mention = facts.mentionsHere.first(where: { $0.mention.isNumber }) {
        throw Refusal(
          why:
            "\(mention.mention.place) of guest \(mention.configuration.id) names it by its number, "
            + "which will be another")
      }
      return
    }
    for reference in facts.countingReferences {
      if case .path(let path) = reference.reference.target, identifies(path, facts.mapping) {
        throw Refusal(why: "\(reference.place) names this very mapping")
      }
    }
    for mention in facts.countingMentions
    where identifies(mention.mention.text, facts.mapping) {
      throw Refusal(
        why: "\(mention.mention.place) of guest \(mention.configuration.id) names this very mapping"
      )
    }
  }

  /// Whether a path leads to a mapping or a partition of it otherwise than by its name.
  private func identifies(_ path: String, _ mapping: Mapping) -> Bool {
    let targets = inventory.references.paths.targets(of: DevicePaths.normalised(path))
    if targets.contains(.mapping(mapping.name)) { return false }
    return targets.contains { target in
      switch target {
      case .device, .minor: target.isName(of: mapping)
      case .uuid: target.isName(of: mapping) || target.whole?.isName(of: mapping) ?? false
      case .volume, .mapping, .unresolved, .uncollected, .nothingMapped: false
      }
    }
  }
}

extension Mention {
  /// Whether it names a device by a number that the kernel gives anew at each activation.
  fileprivate var isNumber: Bool {
    let path = DevicePaths.normalised(text)
    return path.hasPrefix("/dev/dm-") || path.hasPrefix("/dev/block/")
  }
}

import BundleFormat
import NodeState

/// What was found for the mapping before: mappings of one group, pool and disk mostly follow each other.
///
/// Thousands of facts refer to one group and to its storages. Each thread has copies of its own: two that
/// count references to one object at the same time wait for each other.
struct FactsMemory {
  var trustedGroup: VolumeGroup?
  var storages: (group: String, pool: String?, choice: StoragesOfGroups.Choice)?
  var referenceGroup: ReferenceIndex.KnownGroup?
  var comparison = TableComparer.Memory()
  /// A device of a physical volume.
  var physicalDevice: DeviceNumber?

  /// Returns this thread's copy of a trusted group.
  fileprivate mutating func own(_ group: VolumeGroup) -> VolumeGroup {
    if let known = trustedGroup, known.id == group.id { return known }
    let copy = group.copy()
    trustedGroup = copy
    return copy
  }
}

extension InventoryJoin {
  /// Joins all that is known of the mapping at a position.
  func facts(of position: Int, _ memory: inout FactsMemory) -> MappingFacts {
    let mapping = mappings[position]
    let match = matches[position]
    let standing = standing(of: mapping, volumes.volume(at: match.known), &memory)
    var path: VolumePath?
    // Nil where it is the path.
    var namedPath: VolumePath?
    if case .known(let volume, _) = standing {
      path = VolumePath(group: volume.groupName, volume: volume.name)
    }
    let isPlain = path != nil && match.isPlain
    if !isPlain {
      let decoded = MappingName(decoding: mapping.name)
      let named = VolumePath(group: decoded.group, volume: decoded.volume)
      if path == nil, !named.volume.isEmpty {
        // The group may have been renamed since: storages know it by the name that it has.
        let group = if case .ghost(let group) = standing { group.name } else { named.group }
        path = VolumePath(group: group, volume: named.volume)
      }
      if !named.volume.isEmpty, decoded.layer.isEmpty { namedPath = named }
    }
    let guestName =
      path.flatMap { GuestVolumeName(volume: $0.volume) }
      ?? namedPath.flatMap { GuestVolumeName(volume: $0.volume) }
      ?? (mapping.uuid.isNone ? GuestVolumeName(within: mapping.name) : nil)
    var found = references.find(
      naming: isNamedDirectly[position] ? mapping : nil, at: path, namedPath, &memory.referenceGroup
    )
    if !groupNames.isEmpty, let path {
      let others = otherPaths(path, namedPath)
      found.references += others.flatMap { references.references(to: $0) }
      found.mentions += others.flatMap { references.mentions(of: $0) }
      if !others.isEmpty { found.removeRepetitions() }
    }
    if let path, case .snapshot? = guestName?.kind {
      for origin in GuestVolumeName.volumes(ofSnapshot: path.volume) {
        // A disk's line that PVE drops may stand in the snapshot's section, and say the group's old name.
        for group in [path.group] + groupNames.others(of: path.group) {
          found.mentions += references.mentions(of: VolumePath(group: group, volume: origin))
        }
        found.mentions += references.mentions(ofName: origin)
      }
    }
    let choice =
      match.known < 0 && mapping.uuid.isNone
      ? storages.none(of: path?.group) : storages(of: mapping, at: path, standing, &memory)
    let partitions = stack.partitions[position]
    return MappingFacts(
      mapping: mapping, path: path, hasPlainName: isPlain, guestName: guestName,
      standing: standing, hasVolumesName: match.known >= 0 && match.named == match.known,
      ownOpenCount: stack.ownOpenCount(of: position),
      partitions: partitions, found: found, choice: choice,
      comparison: compare(mapping, standing, &memory),
      namesake: match.named == match.known ? nil : volumes.volume(at: match.named),
      elsewhere: volumes.volume(at: match.elsewhere),
      places: places(of: mapping, at: position, &memory))
  }

  /// Where else a volume may be said to be: by each name of its group, and by its own and the one that the
  /// mapping's name says.
  private func otherPaths(_ path: VolumePath, _ namedPath: VolumePath?) -> [VolumePath] {
    let groups = groupNames.others(of: path.group)
    if groups.isEmpty { return [] }
    let volumes = Set([path.volume, namedPath?.volume ?? path.volume]).sorted()
    return ([path.group] + groups).flatMap { group in
      volumes.map { VolumePath(group: group, volume: $0) }
    }
    .filter { $0 != path && $0 != namedPath }
  }

  private func standing(
    of mapping: Mapping, _ volume: LogicalVolume?, _ memory: inout FactsMemory
  ) -> MappingFacts.Standing {
    // Of nearly all, the group is the one before, and nothing odd is said of the volume.
    if let volume, let group = memory.trustedGroup, group.id == volume.groupID, warnings.isEmpty,
      volume.hasAllSegments(extentSizeBytes: group.extentSizeBytes)
    {
      return .known(volume, group)
    }
    guard let identity = mapping.uuid?.publicVolume else {
      guard let uuid = mapping.uuid, uuid.origin == .other, uuid.description.hasPrefix("LVM-")
      else { return .notLVM }
      return .unreadable("its uuid has LVM's prefix, but not LVM's form")
    }
    guard let groups else { return .unreadable(metadataGap) }
    switch groups[identity.group] {
    case nil: return .groupAbsent
    case .untrusted(let reason, let group)?:
      return .unreadable("\(group.name) is not trusted: \(reason)")
    case .trusted(let group)?:
      let group = memory.own(group)
      guard let volume else { return .ghost(group) }
      if let warning = warnings.first(where: {
        $0.concernsVolume(volume.name, of: volume.groupName)
      }) {
        return .unreadable("LVM warned: \(warning.words)")
      }
      guard volume.hasAllSegments(extentSizeBytes: group.extentSizeBytes) else {
        return .unreadable("the segments of \(volume.name) don't add up to its size")
      }
      return .known(volume, group)
    }
  }

  private var metadataGap: String {
    let gaps = [
      snapshot.lvm.volumes.gap, snapshot.lvm.groups.gap, snapshot.lvm.physicalVolumes.gap,
    ]
    return gaps.compactMap { $0?.description }.joined(separator: "; ")
  }

  /// The storages that a volume may belong to: by its pool, or by the one that its table names.
  private func storages(
    of mapping: Mapping, at path: VolumePath?, _ standing: MappingFacts.Standing,
    _ memory: inout FactsMemory
  ) -> StoragesOfGroups.Choice {
    guard let path else { return storages.none(of: nil) }
    var pool: String?
    if case .known(let volume, _) = standing {
      pool = volume.thinPoolName
    } else if case .thin(let device, _, _)? = mapping.table.value?.first?.kind,
      let position = positions[device]
    {
      pool = MappingName(decoding: mappings[position].name).volume
    }
    if let last = memory.storages, last.group == path.group, last.pool == pool {
      return last.choice
    }
    let choice = storages.choice(of: path.group, pool: pool).copy()
    memory.storages = (path.group, pool, choice)
    return choice
  }

  private func compare(
    _ mapping: Mapping, _ standing: MappingFacts.Standing, _ memory: inout FactsMemory
  ) -> TableComparison {
    guard case .known(let volume, let group) = standing else {
      let reason =
        switch standing {
        case .ghost: "LVM no longer has the volume"
        case .notLVM: "it is no volume of LVM's"
        case .known, .groupAbsent, .unreadable: "no trusted metadata to compare with"
        }
      return .notCompared(reason)
    }
    guard let table = mapping.table.value else { return .notCompared("the table is unknown") }
    return comparer.compare(table, with: volume, of: group, &memory.comparison)
  }

  /// What the devices that a mapping lies on make of it.
  private func places(
    of mapping: Mapping, at position: Int, _ memory: inout FactsMemory
  ) -> MappingTraits {
    var traits: MappingTraits = []
    if mayLieOnVolumes[position] || !disks.groupsInsideGuests.isEmpty,
      case .volume(let identity, _)? = mapping.uuid?.origin,
      mayLieOnVolumes[position] || disks.groupsInsideGuests[identity.group] != nil
    {
      traits.insert(.perhapsInsideGuest)
    }
    let dependencies = mapping.dependencies
    let devices = dependencies.span
    for index in devices.indices {
      let device = devices[index]
      if !disks.pathDevices.isEmpty, disks.pathDevices.contains(device.wholeDisk) {
        traits.insert(.onPath)
      }
      if device.major == mapping.device.major {
        if positions[device] == nil { traits.insert(.perhapsDead) }
      } else if device != memory.physicalDevice {
        if disks.physicalDevices.contains(device) {
          memory.physicalDevice = device
        } else if device.major != 1 {
          traits.insert(.perhapsDead)
        }
      }
    }
    let isErroneous = mapping.table.value?.contains { target in
      if case .error = target.kind { true } else { false }
    }
    return isErroneous ?? false ? traits.union(.perhapsDead) : traits
  }
}

extension MappingUUID? {
  /// Whether there is none; asked without making a copy.
  fileprivate var isNone: Bool { if case .none = self { true } else { false } }
}

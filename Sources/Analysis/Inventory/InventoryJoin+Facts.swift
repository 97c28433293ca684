import BundleFormat
import NodeState

/// What was found for the mapping before: mappings of one group, pool and disk mostly follow each other.
struct FactsMemory {
  var trust: (group: LVMID, trust: GroupTrust?)?
  var storages: (group: String, pool: String?, choice: StoragesOfGroups.Choice)?
  var referenceGroup: ReferenceIndex.KnownGroup?
  var comparison = TableComparer.Memory()
  /// A device of a physical volume.
  var physicalDevice: DeviceNumber?
}

extension InventoryJoin {
  /// Joins all that is known of the mapping at a position.
  func facts(of position: Int, _ memory: inout FactsMemory) -> MappingFacts {
    let mapping = mappings[position]
    let uuid = mapping.uuid
    let match = matches[position]
    let standing = standing(of: uuid, volumes.volume(at: match.known), &memory)
    var path: VolumePath?
    var namedPath: VolumePath?
    if case .known(let volume, _) = standing {
      path = VolumePath(group: volume.groupName, volume: volume.name)
    }
    let isPlain = path?.isPlainly(mapping.name) ?? false
    if isPlain {
      namedPath = path
    } else {
      let decoded = MappingName(decoding: mapping.name)
      let named = VolumePath(group: decoded.group, volume: decoded.volume)
      if path == nil, !named.volume.isEmpty { path = named }
      if !named.volume.isEmpty, decoded.layer.isEmpty { namedPath = named }
    }
    let guestName =
      path.flatMap { GuestVolumeName(volume: $0.volume) }
      ?? (isPlain ? nil : namedPath.flatMap { GuestVolumeName(volume: $0.volume) })
      ?? (uuid.isNone ? GuestVolumeName(within: mapping.name) : nil)
    let found = references.find(
      naming: isNamedDirectly[position] ? mapping : nil, at: path, namedPath, &memory.referenceGroup
    )
    let choice =
      uuid.isNone
      ? storages.none(of: path?.group) : storages(of: mapping, at: path, standing, &memory)
    let partitions = stack.partitions.isEmpty ? [] : stack.partitions[position] ?? []
    return MappingFacts(
      mapping: mapping, path: path, hasPlainName: isPlain, guestName: guestName,
      standing: standing,
      ownOpenCount: partitions.isEmpty ? max(0, mapping.openCount) : ownOpenCount(of: position),
      partitions: partitions, found: found, storages: choice.storages, isShared: choice.isShared,
      comparison: compare(mapping, standing, &memory),
      namesake: match.named == match.known ? nil : volumes.volume(at: match.named),
      places: places(of: mapping, uuid, at: position, &memory))
  }

  /// A partition may itself be partitioned; the depth is bounded since a cycle could be forged.
  private func ownOpenCount(of position: Int, depth: Int = 0) -> Int {
    let closed = (stack.partitions[position] ?? []).filter {
      depth < 9 && ownOpenCount(of: $0, depth: depth + 1) == 0
    }
    return max(0, mappings[position].openCount - closed.count)
  }

  private func standing(
    of uuid: MappingUUID?, _ volume: LogicalVolume?, _ memory: inout FactsMemory
  ) -> MappingFacts.Standing {
    guard let uuid else { return .notLVM }
    guard let identity = uuid.publicVolume else {
      return uuid.origin == .other && uuid.description.hasPrefix("LVM-")
        ? .unreadable("its uuid has LVM's prefix, but not LVM's form") : .notLVM
    }
    guard let groups else { return .unreadable(metadataGap) }
    if memory.trust?.group != identity.group {
      memory.trust = (identity.group, groups[identity.group])
    }
    guard let trust = memory.trust?.trust else { return .groupAbsent }
    switch trust {
    case .untrusted(let reason, let group):
      return .unreadable("\(group.name) is not trusted: \(reason)")
    case .trusted(let group):
      guard let volume else { return .ghost(group) }
      if let warning = warnings.first(where: {
        $0.concernsVolume(volume.name, of: volume.groupName)
      }) {
        return .unreadable("LVM warned: \(warning.text)")
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
      pool = volume.poolName
    } else if case .thin(let device, _, _)? = mapping.table.value?.first?.kind,
      let position = positions[device]
    {
      pool = MappingName(decoding: mappings[position].name).volume
    }
    if let last = memory.storages, last.group == path.group, last.pool == pool {
      return last.choice
    }
    let choice = storages.choice(of: path.group, pool: pool)
    memory.storages = (path.group, pool, choice)
    return choice
  }

  private func compare(
    _ mapping: Mapping, _ standing: MappingFacts.Standing, _ memory: inout FactsMemory
  ) -> TableComparison {
    guard case .known(let volume, let group) = standing else {
      return .notCompared("no trusted metadata to compare with")
    }
    guard let table = mapping.table.value else { return .notCompared("the table is unknown") }
    return comparer.compare(table, with: volume, of: group, &memory.comparison)
  }

  /// What the devices that a mapping lies on make of it.
  private func places(
    of mapping: Mapping, _ uuid: MappingUUID?, at position: Int, _ memory: inout FactsMemory
  ) -> MappingTraits {
    var traits: MappingTraits = []
    if case .volume(let identity, _)? = uuid?.origin,
      mayLieOnVolumes[position]
        || !disks.groupsInsideGuests.isEmpty && disks.groupsInsideGuests[identity.group] != nil
    {
      traits.insert(.perhapsInsideGuest)
    }
    for device in mapping.dependencies {
      if !disks.pathDevices.isEmpty, disks.pathDevices.contains(device) { traits.insert(.onPath) }
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
    if mapping.table.value?.contains(where: { $0.kind == .error }) ?? false {
      traits.insert(.perhapsDead)
    }
    return traits
  }
}

extension MappingUUID? {
  /// Whether there is none; asked without making a copy.
  fileprivate var isNone: Bool { if case .none = self { true } else { false } }
}

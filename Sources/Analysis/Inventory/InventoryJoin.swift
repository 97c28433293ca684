import BundleFormat
import NodeState
import Threads

/// Joins a snapshot's sources by identity.
struct InventoryJoin {
  private let snapshot: NodeSnapshot
  private let nodeName: String
  private let mappings: [Mapping]
  private let positions: DevicePositions
  private let groups: [LVMID: GroupTrust]?
  private let volumes: [VolumeIdentity: LogicalVolume]
  private let volumesByMappingName: [String: LogicalVolume]
  private let storagesByGroup: [String: [Storage]]
  /// The groups of shared storages, also of those that are limited to other nodes.
  private let sharedGroups: Set<String>
  private let references: ReferenceIndex
  private let comparer: TableComparer
  private let stack: MappingStack

  init(_ snapshot: NodeSnapshot) {
    self.snapshot = snapshot
    nodeName = snapshot.membership.value?.nodeName ?? snapshot.bundle.manifest.node.name
    let mappings = Self.sortedByName(snapshot.first.mappings.value ?? [])
    self.mappings = mappings
    positions = DevicePositions(mappings)
    stack = MappingStack(mappings, positions: positions)

    let groups = GroupTrust.ofAll(
      in: snapshot.lvm, hostname: snapshot.bundle.manifest.node.hostname)
    self.groups = groups
    let here = snapshot.storages.value ?? []
    let nodeName = nodeName
    sharedGroups = Set(here.filter(\.isShared).compactMap(\.volumeGroup))
    storagesByGroup = Dictionary(
      grouping: here.filter { storage in
        storage.volumeGroup != nil && storage.nodes?.contains(nodeName) ?? true
      }.sorted { $0.id < $1.id }, by: { $0.volumeGroup ?? "" })
    ((volumes, volumesByMappingName), references) = Parallel.both(
      ifWorthwhile: Self.isBig(mappings)
    ) {
      Self.tables(of: snapshot.lvm.volumes.value ?? [], groups)
    } _: {
      ReferenceIndex(
        configurations: Self.configurationsOfBothReadings(snapshot), storages: here,
        nodeName: nodeName, deviceLinks: snapshot.deviceLinks,
        hasAllDiskLinks: snapshot.hasAllDiskLinks)
    }
    comparer = Self.comparer(snapshot, mappings)
  }

  /// Whether joining takes long enough for two threads.
  private static func isBig(_ mappings: [Mapping]) -> Bool { mappings.count >= 500 }

  /// The volumes by identity, and those of trusted groups by the names that their mappings have.
  private static func tables(
    of volumes: [LogicalVolume], _ groups: [LVMID: GroupTrust]?
  ) -> ([VolumeIdentity: LogicalVolume], [String: LogicalVolume]) {
    var known: [VolumeIdentity: LogicalVolume] = [:]
    var named: [String: LogicalVolume] = [:]
    known.reserveCapacity(volumes.count)
    named.reserveCapacity(volumes.count)
    for volume in volumes {
      known[volume.identity] = volume
      if case .trusted? = groups?[volume.groupID], !volume.isInternal {
        named[volume.mappingName] = volume
      }
    }
    return (known, named)
  }

  /// Sorts mappings by their names' bytes; dmsetup mostly prints them so.
  private static func sortedByName(_ mappings: [Mapping]) -> [Mapping] {
    func precedes(_ left: Mapping, _ right: Mapping) -> Bool {
      left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
    // Names are ASCII, of which the order of texts is that of their bytes, and quicker to tell.
    let isSorted = zip(mappings, mappings.dropFirst()).allSatisfy { $0.name < $1.name }
    return isSorted ? mappings : mappings.sorted(by: precedes)
  }

  /// The first reading's configurations, and those of the second that say something else: a volume
  /// that either names is not nobody's.
  private static func configurationsOfBothReadings(
    _ snapshot: NodeSnapshot
  ) -> [GuestConfiguration] {
    let first = snapshot.first.configurations.value ?? []
    func content(_ configuration: GuestConfiguration) -> [UInt8]? {
      let position = Int(configuration.location.entry)
      let entries = snapshot.bundle.entries
      return entries.indices.contains(position) ? entries[position].content : nil
    }
    var earlier = ReadingPairing(first) { $0.path }
    let later = (snapshot.second.configurations.value ?? []).filter { configuration in
      guard let before = earlier.element(named: configuration.path) else { return true }
      guard before.location.entry != configuration.location.entry else { return false }
      let entries = snapshot.bundle.entries
      return !entries.indices.contains(Int(before.location.entry))
        || entries[Int(before.location.entry)].content != content(configuration)
    }
    return first + later
  }

  private static func comparer(_ snapshot: NodeSnapshot, _ mappings: [Mapping]) -> TableComparer {
    var physicalVolumes: [LVMID: [String: PhysicalVolume]] = [:]
    for physicalVolume in snapshot.lvm.physicalVolumes.value ?? [] {
      guard let group = physicalVolume.groupID else { continue }
      physicalVolumes[group, default: [:]][physicalVolume.name] = physicalVolume
    }
    var paths: [DeviceNumber: Set<DeviceNumber>] = [:]
    var pools: [LVMID: [String: DeviceNumber]] = [:]
    for mapping in mappings {
      switch mapping.uuid?.origin {
      case .multipath?:
        paths[mapping.device] = Set(mapping.dependencies)
      case .volume(let identity, layer: "tpool")?:
        let pool = MappingName(decoding: mapping.name).volume
        pools[identity.group, default: [:]][pool] = mapping.device
      default: continue
      }
    }
    return TableComparer(
      physicalVolumes: physicalVolumes, multipathPaths: paths, poolDevices: pools)
  }

  func inventory() -> Inventory {
    let machines = snapshot.first.machines.value ?? []
    let containers = snapshot.first.containers.value ?? []
    let partitions = stack.partitions
    let (facts, (flux, collisions)) = Parallel.both(ifWorthwhile: Self.isBig(mappings)) {
      mappings.indices.map { self.facts(of: $0, partitions) }
    } _: {
      (Flux(snapshot), Collisions(mappings, isStacked: stack.isRelated))
    }
    return Inventory(
      snapshot: snapshot, nodeName: nodeName, mappings: facts, positions: positions,
      storages: snapshot.storages.value ?? [],
      guests: GuestStates(machines: machines, containers: containers), flux: flux,
      distrust: InventoryTrust.distrust(of: snapshot, references),
      collisions: collisions,
      groups: groups, volumesByMappingName: volumesByMappingName, references: references,
      diskTransports: needsDisks(facts) ? snapshot.readDiskTransports() : nil,
      configurations: Dictionary(
        grouping: snapshot.first.configurations.value ?? [], by: \.id))
  }

  /// Whether a verdict needs lsblk: where a disk hangs, or whether a device is there at all.
  private func needsDisks(_ facts: [MappingFacts]) -> Bool {
    let read = Set((snapshot.lvm.physicalVolumes.value ?? []).compactMap(\.device))
    return facts.contains { facts in
      !facts.foreignReferences.isEmpty
        || facts.guestName != nil
          && facts.mapping.dependencies.contains {
            $0.major != facts.mapping.device.major && !read.contains($0)
          }
    }
  }

  private func facts(of position: Int, _ partitions: [Int: [Int]]) -> MappingFacts {
    let mapping = mappings[position]
    let standing = standing(of: mapping)
    let decoded = MappingName(decoding: mapping.name)
    var path: VolumePath?
    if case .known(let volume, _) = standing {
      path = VolumePath(group: volume.groupName, volume: volume.name)
    } else if !decoded.volume.isEmpty {
      path = VolumePath(group: decoded.group, volume: decoded.volume)
    }
    let namedPath =
      decoded.volume.isEmpty || !decoded.layer.isEmpty
      ? nil : VolumePath(group: decoded.group, volume: decoded.volume)
    let guestName =
      path.flatMap { GuestVolumeName(volume: $0.volume) }
      ?? namedPath.flatMap { GuestVolumeName(volume: $0.volume) }
      ?? (mapping.uuid == nil ? GuestVolumeName(within: mapping.name) : nil)
    let children = partitions[position] ?? []
    let closed = children.filter { ownOpenCount(of: $0, partitions) == 0 }.count
    let found = references(to: mapping, paths: [path, namedPath])
    let namesake = volumesByMappingName[mapping.name].flatMap { volume in
      mapping.uuid?.publicVolume == volume.identity ? nil : volume
    }
    let storages = storages(of: mapping, at: path, standing)
    let isShared =
      storages.isEmpty
      ? path.map { sharedGroups.contains($0.group) } ?? false : storages.contains(where: \.isShared)
    return MappingFacts(
      mapping: mapping, path: path, guestName: guestName, standing: standing,
      ownOpenCount: max(0, mapping.openCount - closed), partitions: children,
      references: found.references, mentions: found.mentions,
      storages: storages, isShared: isShared, comparison: compare(mapping, standing),
      namesake: namesake)
  }

  /// A partition may itself be partitioned; the depth is bounded since a cycle could be forged.
  private func ownOpenCount(of position: Int, _ partitions: [Int: [Int]], depth: Int = 0) -> Int {
    let closed = (partitions[position] ?? []).filter {
      depth < 8 && ownOpenCount(of: $0, partitions, depth: depth + 1) == 0
    }
    return max(0, mappings[position].openCount - closed.count)
  }

  private func standing(of mapping: Mapping) -> MappingFacts.Standing {
    guard let uuid = mapping.uuid else { return .notLVM }
    guard let identity = uuid.publicVolume else {
      return uuid.origin == .other && uuid.description.hasPrefix("LVM-")
        ? .unreadable("its uuid has LVM's prefix, but not LVM's form") : .notLVM
    }
    guard let groups else { return .unreadable(metadataGap) }
    guard let trust = groups[identity.group] else { return .groupAbsent }
    switch trust {
    case .untrusted(let reason, let group):
      return .unreadable("\(group.name) is not trusted: \(reason)")
    case .trusted(let group):
      guard let volume = volumes[identity] else { return .ghost(group) }
      if let warning = snapshot.lvm.warnings.first(where: {
        $0.concernsVolume(volume.name, of: volume.groupName) && !$0.isAboutLiveTable
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

  private func references(
    to mapping: Mapping, paths: [VolumePath?]
  ) -> (references: [ResolvedReference], mentions: [ResolvedMention]) {
    var found = references.byMappingName[mapping.name] ?? []
    var mentions = references.mentionsByMappingName[mapping.name] ?? []
    found += references.byDevice[mapping.device] ?? []
    mentions += references.mentionsByDevice[mapping.device] ?? []
    found += references.byMinor[mapping.device.minor] ?? []
    mentions += references.mentionsByMinor[mapping.device.minor] ?? []
    if let uuid = mapping.uuid?.description {
      found += references.byUUID[uuid] ?? []
      mentions += references.mentionsByUUID[uuid] ?? []
    }
    var seen: VolumePath?
    for path in paths {
      guard let path, path != seen else { continue }
      seen = path
      found += references.byPath[path] ?? []
      mentions += references.mentionsByPath[path] ?? []
      mentions += references.mentionsByVolumeName[path.volume] ?? []
    }
    return (found, mentions)
  }

  /// The storages of the volume's group that fit its kind: thin storages for thin volumes of their
  /// pool, thick ones for all others; all of the group's where none fits.
  private func storages(
    of mapping: Mapping, at path: VolumePath?, _ standing: MappingFacts.Standing
  ) -> [Storage] {
    guard mapping.uuid != nil, let path, let all = storagesByGroup[path.group] else { return [] }
    var pool: String?
    if case .known(let volume, _) = standing {
      pool = volume.poolName
    } else if case .thin(let device, _, _)? = mapping.table.value?.first?.kind,
      let position = positions[device]
    {
      pool = MappingName(decoding: mappings[position].name).volume
    }
    let fitting = all.filter { pool == nil ? $0.type == "lvm" : $0.thinPool == pool }
    return fitting.isEmpty ? all : fitting
  }

  private func compare(
    _ mapping: Mapping, _ standing: MappingFacts.Standing
  ) -> TableComparison {
    guard case .known(let volume, let group) = standing else {
      return .notCompared("no trusted metadata to compare with")
    }
    guard let table = mapping.table.value else { return .notCompared("the table is unknown") }
    return comparer.compare(table, with: volume, of: group)
  }
}

import BundleFormat
import NodeState
import Threads

/// Joins a snapshot's sources by identity.
struct InventoryJoin: Sendable {
  let snapshot: NodeSnapshot
  let nodeName: String
  let mappings: [Mapping]
  let special: SpecialMappings
  let positions: DevicePositions
  let groups: [LVMID: GroupTrust]?
  let volumes: VolumeTable
  /// What LVM has for each mapping.
  let matches: [VolumeTable.Match]
  let storages: StoragesOfGroups
  let groupNames: GroupNames
  let guests: GuestStates
  let flux: Flux
  let references: ReferenceIndex
  /// Of each mapping, whether a configuration may name it otherwise than by its volume's path.
  let isNamedDirectly: [Bool]
  let comparer: TableComparer
  let collisions: Collisions
  let stack: MappingStack
  /// Of each mapping, whether it may lie on a volume.
  let mayLieOnVolumes: [Bool]
  /// What LVM said of single volumes that makes them doubtful.
  let warnings: [LVMWarning]
  let disks: DiskPlaces
  /// How block devices are attached; nil where it is unknown.
  let transports: Lazy<[DeviceNumber: String]?>

  init(_ snapshot: NodeSnapshot) {
    self.snapshot = snapshot
    let nodeName = snapshot.membership.value?.nodeName ?? snapshot.bundle.manifest.node.name
    self.nodeName = nodeName
    let mappings = Self.sortedByName(snapshot.first.mappings.value ?? [])
    self.mappings = mappings
    let here = snapshot.storages.value ?? []
    let groupNames = GroupNames(mappings, snapshot.lvm.groups.value ?? [])
    self.groupNames = groupNames
    storages = StoragesOfGroups(here, nodeName: nodeName, names: groupNames)
    warnings = snapshot.lvm.warnings.filter { !$0.isAboutLiveTable }
    let transports = Lazy { snapshot.readDiskTransports() }
    self.transports = transports
    // Two halves that share nothing: what the kernel and LVM say, and what the configurations say.
    let isBig = Self.isBig(mappings)
    // Where other nodes have guests, some verdict will ask for the transports, and both threads would wait.
    // Some verdict may want the kernel's list, too: whoever is ready first reads it meanwhile.
    let readsAhead =
      isBig && snapshot.first.configurations.value?.haveOthers(than: nodeName) ?? false
    let (names, devices) = Parallel.both(ifWorthwhile: isBig) {
      let names = Names(
        snapshot, mappings, storages: here, nodeName: nodeName, groupNames: groupNames)
      if readsAhead { snapshot.readKernelListAhead() }
      return names
    } _: {
      let devices = Devices(snapshot, mappings, nodeName: nodeName)
      if readsAhead { _ = transports.value }
      return devices
    }
    (special, positions) = (devices.special, devices.positions)
    (stack, mayLieOnVolumes) = (devices.stack, devices.mayLieOnVolumes)
    (groups, volumes, matches) = (devices.groups, devices.volumes, devices.matches)
    (comparer, collisions, disks) = (devices.comparer, devices.collisions, devices.disks)
    (guests, references, flux) = (names.guests, names.references, names.flux)
    isNamedDirectly = names.isNamedDirectly
  }

  /// What is joined of the kernel's and LVM's lists.
  private struct Devices: Sendable {
    let special: SpecialMappings
    let positions: DevicePositions
    let stack: MappingStack
    let mayLieOnVolumes: [Bool]
    let groups: [LVMID: GroupTrust]?
    let volumes: VolumeTable
    let matches: [VolumeTable.Match]
    let comparer: TableComparer
    let collisions: Collisions
    let disks: DiskPlaces

    init(_ snapshot: NodeSnapshot, _ mappings: [Mapping], nodeName: String) {
      special = SpecialMappings(mappings)
      positions = DevicePositions(mappings)
      stack = MappingStack(mappings, special, positions: positions)
      mayLieOnVolumes = stack.mayLieOnVolumes()
      groups = GroupTrust.ofAll(
        in: snapshot.lvm, hostname: snapshot.bundle.manifest.node.hostname,
        maps: special.multipathPaths)
      volumes = VolumeTable(snapshot.lvm.volumes.value ?? [], groups)
      matches = volumes.matches(of: mappings)
      comparer = TableComparer(
        snapshot.lvm.physicalVolumes.value ?? [], special, members: snapshot.host.multipathMembers)
      var known: [Int: Set<Int>] = [:]
      let stack = stack
      collisions = Collisions(mappings, special) { stack.isRelated($0, $1, &known) }
      disks = DiskPlaces(snapshot, special, nodeName: nodeName)
    }
  }

  /// What is joined of configurations, processes and both readings.
  private struct Names {
    let guests: GuestStates
    let references: ReferenceIndex
    let isNamedDirectly: [Bool]
    let flux: Flux

    init(
      _ snapshot: NodeSnapshot, _ mappings: [Mapping], storages: [Storage], nodeName: String,
      groupNames: GroupNames
    ) {
      guests = GuestStates(
        machines: snapshot.first.machines.value ?? [],
        containers: snapshot.first.containers.value ?? [])
      references = ReferenceIndex(
        configurations: snapshot.configurationsOfBothReadings, storages: storages,
        nodeName: nodeName, paths: snapshot.devicePaths, names: groupNames, guests: guests)
      isNamedDirectly = references.namedDirectly(mappings)
      flux = Flux(snapshot)
    }
  }

  /// Whether joining or judging takes long enough for two threads.
  static func isBig(_ mappings: [some AnyObject]) -> Bool { mappings.count >= 500 }

  /// Sorts mappings by their names' bytes; dmsetup mostly prints them so.
  private static func sortedByName(_ mappings: [Mapping]) -> [Mapping] {
    func precedes(_ left: Mapping, _ right: Mapping) -> Bool {
      left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
    // Names are ASCII, of which the order of texts is that of their bytes, and quicker to tell.
    let isSorted = mappings.indices.dropFirst().allSatisfy {
      mappings[$0 - 1].name < mappings[$0].name
    }
    return isSorted ? mappings : mappings.sorted(by: precedes)
  }

  func inventory() -> Inventory {
    let (facts, (configurations, distrust)) = Parallel.map(
      count: mappings.count, ifWorthwhile: Self.isBig(mappings), keeping: FactsMemory.init,
      { memory, position in self.facts(of: position, &memory) },
      beside: {
        let configurations = ConfigurationIndex(snapshot.first.configurations.value ?? [])
        return (
          configurations,
          InventoryTrust.distrust(of: snapshot, references, configurations, groupNames)
        )
      })
    return Inventory(
      snapshot: snapshot, nodeName: nodeName, mappings: facts,
      multipathMaps: special.multipathMaps.map { facts[$0.position] }, positions: positions,
      storages: snapshot.storages.value ?? [], guests: guests, flux: flux,
      distrust: distrust, collisions: collisions, groups: groups, volumes: volumes,
      references: references,
      disks: disks, transports: transports, configurations: configurations)
  }
}

extension NodeSnapshot {
  /// A collector always has an answer to what links there are: none is not that the tool was missing.
  fileprivate var devicePaths: DevicePaths {
    DevicePaths(
      links: deviceLinks, namedLinks: self.namedDeviceLinks,
      hasAllDiskLinks: hasAllDiskLinks,
      areRead: sources.contains { $0.id == .devLinks && $0.status == .present },
      groups: Set((lvm.groups.value ?? []).map(\.name))
        .union((storages.value ?? []).compactMap(\.volumeGroup)))
  }

  /// The first reading's configurations, and those of the second that say something else: a volume
  /// that either names is not nobody's.
  fileprivate var configurationsOfBothReadings: [GuestConfiguration] {
    let before = first.configurations.value ?? []
    let after = second.configurations.value ?? []
    func content(_ configuration: GuestConfiguration) -> [UInt8]? {
      let position = Int(configuration.location.entry)
      return bundle.entries.indices.contains(position) ? bundle.entries[position].content : nil
    }
    let (gone, come) = before.differences(from: after)
    var earlier = ReadingPairing(gone) { $0.path }
    let later = come.filter { configuration in
      guard let same = earlier.element(named: configuration.path) else { return true }
      guard same.location.entry != configuration.location.entry else { return false }
      return !bundle.entries.indices.contains(Int(same.location.entry))
        || content(same) != content(configuration)
    }
    return before + later
  }
}

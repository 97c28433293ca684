import BundleFormat
import NodeState

/// The snapshot joined by identity: mapping, volume, storage, configuration and guest.
public final class Inventory: Sendable {
  public let snapshot: NodeSnapshot
  public let nodeName: String
  /// In the order of their names' bytes; empty when the mappings could not be read.
  public let mappings: [MappingFacts]
  /// The position of each mapping in ``mappings``.
  public let positions: DevicePositions
  public let storages: [Storage]
  public let guests: GuestStates
  public let flux: Flux
  /// Why the inventory of guests is not trusted; nil when it is.
  public let distrust: String?
  public let collisions: Collisions
  /// The multipath maps among the mappings.
  let multipathMaps: [MappingFacts]
  /// A mapping whose table could not be read: what it reaches is unknown.
  let mappingWithoutTable: String?
  let groups: [LVMID: GroupTrust]?
  let volumesByMappingName: [String: LogicalVolume]
  let references: ReferenceIndex
  /// The first user of each mapping, and how many there are.
  let deviceUsers: [DeviceNumber: (first: DeviceUser, count: Int)]
  /// How block devices are attached; nil where it is unknown, or no mapping's verdict needs it.
  let diskTransports: [DeviceNumber: String]?
  /// The devices of the physical volumes that LVM read.
  let physicalDevices: Set<DeviceNumber>
  /// Groups that lie on what only guests have: ZFS volumes, RBD images, network block devices.
  let groupsInsideGuests: [LVMID: PhysicalVolume]
  /// What lies on open disks that no process is known to use.
  let holders: HolderIndex
  /// LVM's backups on this node, where a volume is gone; empty otherwise.
  let backups: [MetadataBackup]
  /// Guest configurations by guest, of all nodes.
  let configurations: [GuestID: [GuestConfiguration]]

  /// Joins a snapshot's sources.
  public static func joining(_ snapshot: NodeSnapshot) -> Inventory {
    InventoryJoin(snapshot).inventory()
  }

  init(
    snapshot: NodeSnapshot, nodeName: String, mappings: [MappingFacts],
    positions: DevicePositions, storages: [Storage], guests: GuestStates, flux: Flux,
    distrust: String?, collisions: Collisions, groups: [LVMID: GroupTrust]?,
    volumesByMappingName: [String: LogicalVolume], references: ReferenceIndex,
    diskTransports: [DeviceNumber: String]?, configurations: [GuestID: [GuestConfiguration]]
  ) {
    self.snapshot = snapshot
    self.nodeName = nodeName
    self.mappings = mappings
    multipathMaps = mappings.filter { $0.mapping.uuid?.origin == .multipath }
    mappingWithoutTable = mappings.first { $0.mapping.table.value == nil }?.mapping.name
    self.positions = positions
    self.storages = storages
    self.guests = guests
    self.flux = flux
    self.distrust = distrust
    self.collisions = collisions
    self.groups = groups
    self.volumesByMappingName = volumesByMappingName
    self.references = references
    self.diskTransports = diskTransports
    self.configurations = configurations
    let physicalVolumes = snapshot.lvm.physicalVolumes.value ?? []
    physicalDevices = Set(physicalVolumes.lazy.filter { !$0.isMissing }.compactMap(\.device))
    groupsInsideGuests =
      snapshot.storages.value == nil ? [:] : Self.groupsInsideGuests(physicalVolumes, storages)
    backups = mappings.contains(where: \.isGhost) ? snapshot.readMetadataBackups() : []
    let users = snapshot.deviceUsers.value ?? []
    var firstUsers: [DeviceNumber: (first: DeviceUser, count: Int)] = [:]
    firstUsers.reserveCapacity(users.count)
    for user in users { firstUsers[user.device, default: (user, 0)].count += 1 }
    deviceUsers = firstUsers
    holders = HolderIndex(of: mappings, usedBy: { firstUsers[$0] != nil }, snapshot)
  }

  /// Why what guests need is not known for a mapping; nil when it is.
  ///
  /// What is shared needs a quorate cluster: without one this node's view may be old.
  func guestDistrust(for facts: MappingFacts) -> String? {
    if let distrust { return distrust }
    if facts.isShared, snapshot.membership.value?.isQuorate == false {
      return "the cluster is not quorate, so this node's view of shared storage may be old"
    }
    return nil
  }

  /// The living volume of a trusted group that a path names.
  func livingVolume(at path: VolumePath) -> LogicalVolume? {
    volumesByMappingName[MappingName(group: path.group, volume: path.volume).description]
  }

  /// Every guest whose configuration names the mapping, and the guest that its name says.
  func guestsConcerned(by facts: MappingFacts) -> Set<GuestID> {
    var guests = Set(facts.references.map(\.configuration.id))
    guests.formUnion(facts.mentions.map(\.configuration.id))
    if let named = facts.guestName?.guest { guests.insert(named) }
    return guests
  }
}

extension Inventory {
  /// Finds groups on `/dev/zd…`, `/dev/rbd…` and `/dev/nbd…` that no storage has: PVE gives such
  /// devices to guests alone, and keeps LVM away from them by a filter.
  private static func groupsInsideGuests(
    _ physicalVolumes: [PhysicalVolume], _ storages: [Storage]
  ) -> [LVMID: PhysicalVolume] {
    var groups: [LVMID: PhysicalVolume] = [:]
    for physicalVolume in physicalVolumes {
      guard let group = physicalVolume.groupID,
        ["/dev/zd", "/dev/rbd", "/dev/nbd"].contains(where: physicalVolume.name.hasPrefix),
        !storages.contains(where: { $0.volumeGroup == physicalVolume.groupName })
      else { continue }
      groups[group] = physicalVolume
    }
    return groups
  }

  /// The guest's disk, of another group than `group`, that a mapping lies on; nil when there is none.
  func guestVolume(below facts: MappingFacts, otherThan group: LVMID) -> MappingFacts? {
    // Most mappings lie on no other: nothing is made for them.
    guard facts.mapping.dependencies.contains(where: { positions[$0] != nil }) else { return nil }
    var seen: Set<DeviceNumber> = []
    var open = facts.mapping.dependencies
    // Real stacks are a few mappings deep; a forged one may be as deep as the list is long.
    while seen.count < 256, let device = open.popLast() {
      guard seen.insert(device).inserted, let position = positions[device] else { continue }
      let below = mappings[position]
      if below.guestName != nil,
        case .volume(let identity, layer: nil)? = below.mapping.uuid?.origin,
        identity.group != group
      {
        return below
      }
      open += below.mapping.dependencies
    }
    return nil
  }
}

extension Inventory {
  /// ", by kvm (process 812)" or ", by the mapping …" where it is known; empty otherwise.
  func userWords(of facts: MappingFacts) -> String {
    guard let (user, count) = deviceUsers[facts.mapping.device] else {
      return holders[facts.mapping.device].map { ", by \($0)" } ?? ""
    }
    let who =
      switch user.kind {
      case .openFile: "\(user.detail) (process \(user.pid))"
      case .mount: "a mount at \(user.detail)"
      case .swap: "swap"
      }
    return count > 1 ? ", by \(who) and \(count - 1) more" : ", by \(who)"
  }
}

extension Inventory {
  /// A counting reference to a volume of this name in another, trusted group that has no such volume.
  func misplacedReference(to volume: String, outside group: String) -> ResolvedReference? {
    references.byVolumeName[volume]?.first { resolved in
      guard resolved.counts, let other = resolved.storage?.volumeGroup, other != group,
        isTrusted(groupNamed: other)
      else { return false }
      return livingVolume(at: VolumePath(group: other, volume: volume)) == nil
    }
  }

  /// Another group that a configuration says a volume of this name is in, and that is not trusted.
  func unreadGroup(ofReferenceTo volume: String, outside group: String) -> String? {
    references.byVolumeName[volume]?.lazy.filter(\.counts).compactMap(\.storage?.volumeGroup)
      .first { $0 != group && !isTrusted(groupNamed: $0) }
  }

  /// Whether there is one group of that name, and its metadata is trusted.
  private func isTrusted(groupNamed name: String) -> Bool {
    let named = (groups ?? [:]).values.filter { $0.group.name == name }
    guard named.count == 1, case .trusted? = named.first else { return false }
    return true
  }
}

import BundleFormat
import NodeState
import Threads

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
  let groups: [LVMID: GroupTrust]?
  let volumes: VolumeTable
  let references: ReferenceIndex
  let disks: DiskPlaces
  /// Guest configurations by guest, of all nodes.
  let configurations: ConfigurationIndex
  /// Whether the cluster is quorate; nil where nobody knows.
  private let isQuorate: Bool?

  // What hardly a verdict needs is read and joined when one does.

  private let lazyUses: Lazy<DeviceUses>
  private let lazyTransports: Lazy<[DeviceNumber: String]?>
  private let lazyHolders: Lazy<HolderIndex>
  private let lazyBackups: Lazy<[MetadataBackup]>
  private let lazyHeldPaths: Lazy<HeldPaths>
  private let lazyFstab: Lazy<[FilesystemLine]?>
  private let lazyGroups: Lazy<[String: [GroupTrust]]>
  private let lazyDisks: Lazy<[LVMID: Set<DeviceNumber>]>

  /// The users of each mapping that has any.
  var deviceUses: DeviceUses { lazyUses.value }
  /// How block devices are attached; nil where it is unknown, or no mapping's verdict needs it.
  var diskTransports: [DeviceNumber: String]? { lazyTransports.value }
  /// What lies on open disks that no process is known to use.
  var holders: HolderIndex { lazyHolders.value }
  /// The guests whose processes hold devices, by what their paths name.
  var heldPaths: HeldPaths { lazyHeldPaths.value }
  /// The lines of fstab; nil where it could not be read.
  var fstab: [FilesystemLine]? { lazyFstab.value }
  /// The groups by name, of one name in the order of their ids.
  var groupsByName: [String: [GroupTrust]] { lazyGroups.value }
  /// The devices of each group's physical volumes.
  var disksOfGroups: [LVMID: Set<DeviceNumber>] { lazyDisks.value }
  /// LVM's backups on this node, for a volume that is gone.
  var backups: [MetadataBackup] { lazyBackups.value }

  /// Joins a snapshot's sources.
  public static func joining(_ snapshot: NodeSnapshot) -> Inventory {
    InventoryJoin(snapshot).inventory()
  }

  init(
    snapshot: NodeSnapshot, nodeName: String, mappings: [MappingFacts],
    multipathMaps: [MappingFacts], positions: DevicePositions, storages: [Storage],
    guests: GuestStates, flux: Flux, distrust: String?, collisions: Collisions,
    groups: [LVMID: GroupTrust]?, volumes: VolumeTable, references: ReferenceIndex,
    disks: DiskPlaces, transports: Lazy<[DeviceNumber: String]?>,
    configurations: ConfigurationIndex
  ) {
    self.snapshot = snapshot
    self.nodeName = nodeName
    self.mappings = mappings
    self.multipathMaps = multipathMaps
    self.positions = positions
    self.storages = storages
    self.guests = guests
    self.flux = flux
    self.distrust = distrust
    self.collisions = collisions
    self.groups = groups
    self.volumes = volumes
    self.references = references
    self.disks = disks
    self.configurations = configurations
    // What pvecm says decides nothing: a bundle without it must not have one step more.
    // A node that is in no cluster has configurations of no other; one whose pmxcfs runs alone has.
    isQuorate = snapshot.membership.value.map {
      $0.cluster?.isQuorate ?? !configurations.hasOthers(than: nodeName)
    }
    let lazyUses = Lazy {
      DeviceUses(snapshot.deviceUsers.value ?? [], of: mappings.count, positions)
    }
    lazyHolders = Lazy { HolderIndex(of: mappings, positions, lazyUses.value, snapshot) }
    self.lazyUses = lazyUses
    lazyTransports = Lazy {
      Self.needsDisks(mappings, snapshot) ? transports.value : nil
    }
    lazyBackups = Lazy { snapshot.readMetadataBackups() }
    lazyHeldPaths = Lazy { guests.heldPaths }
    lazyGroups = Lazy {
      Dictionary(grouping: (groups ?? [:]).values) { $0.group.name }
        .mapValues { $0.sorted { $0.group.id.grouped < $1.group.id.grouped } }
    }
    lazyDisks = Lazy {
      var disks: [LVMID: Set<DeviceNumber>] = [:]
      for physicalVolume in snapshot.lvm.physicalVolumes.value ?? [] {
        guard let group = physicalVolume.groupID, let device = physicalVolume.device else {
          continue
        }
        disks[group, default: []].insert(device)
      }
      return disks
    }
    lazyFstab = Lazy {
      snapshot.host.fstab.value?.map { line in
        FilesystemLine(
          text: line.text,
          targets: FilesystemSource(line: line.text).paths.flatMap {
            references.paths.targets(of: $0)
          })
      }
    }
  }

  /// Whether a verdict needs lsblk: where a disk hangs, or whether a device is there at all.
  private static func needsDisks(_ mappings: [MappingFacts], _ snapshot: NodeSnapshot) -> Bool {
    let read = Set((snapshot.lvm.physicalVolumes.value ?? []).compactMap(\.device))
    return mappings.contains { facts in
      facts.traits.contains(.foreign) || facts.mentions.contains { !$0.counts }
        || facts.guestName != nil
          && facts.mapping.dependencies.contains {
            $0.major != facts.mapping.device.major && !read.contains($0)
          }
    }
  }

  /// Why what guests need is not known for a mapping; nil when it is.
  ///
  /// What is shared needs a quorate cluster: without one this node's view may be old.
  func guestDistrust(for facts: MappingFacts) -> String? {
    if let distrust { return distrust }
    if facts.mayBeShared, isQuorate == false {
      return snapshot.membership.value?.cluster == nil
        ? "pmxcfs knows of no cluster, yet other nodes have configurations: this node's view of shared "
          + "storage may be old"
        : "the cluster is not quorate, so this node's view of shared storage may be old"
    }
    return nil
  }

  /// The living volume of a trusted group that a path names.
  func livingVolume(at path: VolumePath) -> LogicalVolume? {
    volumes[MappingName(group: path.group, volume: path.volume).description]
  }

  /// The storage of this node, the first by id, that a mapping belongs to or, made by hand, is named after.
  public func storage(of facts: MappingFacts) -> Storage? {
    if let first = facts.storages.first { return first }
    guard facts.mapping.uuid == nil, let group = facts.path?.group else { return nil }
    return storages.filter { $0.volumeGroup == group && $0.isOf(node: nodeName) }
      .min { $0.id < $1.id }
  }

  /// Every guest whose configuration names the mapping, and the guest that its name says.
  func guestsConcerned(by facts: MappingFacts) -> Set<GuestID> {
    var guests = Set(facts.references.map(\.configuration.id))
    guests.formUnion(facts.mentions.map(\.configuration.id))
    if let named = facts.guestName?.guest { guests.insert(named) }
    // A renamed one concerns the guest of its old name, too: somebody may be at work on it.
    if facts.traits.contains(.otherName) {
      let old = GuestVolumeName(volume: MappingName(decoding: facts.mapping.name).volume)
      if let old { guests.insert(old.guest) }
    }
    return guests
  }
}

extension Inventory {
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
    guard let use = deviceUses[facts.mapping.device] else {
      return holders[facts.mapping.device].map { ", by \($0)" } ?? ""
    }
    let user = use.first
    let who =
      switch user.kind {
      case .openFile: "\(user.detail) (process \(user.pid))"
      case .mount: "a mount at \(user.detail)"
      case .swap: "swap"
      }
    return use.count > 1 ? ", by \(who) and \(use.count - 1) more" : ", by \(who)"
  }
}

extension Inventory {
  /// A counting reference to a volume of this name in another, trusted group that has no such volume.
  func misplacedReference(to volume: String, outside group: String) -> ResolvedReference? {
    references.references(toName: volume).first { resolved in
      guard resolved.counts, let other = resolved.storage?.volumeGroup, other != group,
        isTrusted(groupNamed: other)
      else { return false }
      return livingVolume(at: VolumePath(group: other, volume: volume)) == nil
    }
  }

  /// Another group that a configuration says a volume of this name is in, and that is not trusted.
  func unreadGroup(ofReferenceTo volume: String, outside group: String) -> String? {
    references.references(toName: volume).lazy.filter(\.counts).compactMap(\.storage?.volumeGroup)
      .first { $0 != group && !isTrusted(groupNamed: $0) }
  }

  /// Whether LVM shows more than one group of a name.
  func hasNamesakes(ofGroup name: String) -> Bool {
    groupsByName[name, default: []].count > 1
  }

  /// Whether there is one group of that name, and its metadata is trusted.
  private func isTrusted(groupNamed name: String) -> Bool {
    let named = groupsByName[name] ?? []
    guard named.count == 1, case .trusted? = named.first else { return false }
    return true
  }
}

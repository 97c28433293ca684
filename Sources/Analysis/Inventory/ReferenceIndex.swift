import BundleFormat
import NodeState

/// A configuration line that names a volume, resolved to where the volume would be.
public final class ResolvedReference: Sendable {
  public let configuration: GuestConfiguration
  public let reference: VolumeReference
  /// The storage that the line names; nil for an absolute path.
  public let storage: Storage?
  /// Whether the line says something about this node's volume: its storage is shared, or the
  /// configuration is of this node. A local storage of another node is another volume.
  public let counts: Bool
  /// The snapshot whose volume follows from the line; nil where the line names the volume itself.
  public let snapshot: String?

  /// A disk or `vmstate` of the main section, by its own name.
  public let isAttached: Bool

  init(
    configuration: GuestConfiguration, reference: VolumeReference, storage: Storage?, counts: Bool,
    snapshot: String?
  ) {
    self.configuration = configuration
    self.reference = reference
    self.storage = storage
    self.counts = counts
    self.snapshot = snapshot
    isAttached = reference.isAttached && snapshot == nil
  }

  /// `100.conf:5` as people say it: `scsi0 of guest 100`.
  var place: String {
    let section =
      switch reference.section {
      case .main: ""
      case .pending: ", pending"
      case .snapshot(let name): ", snapshot \(name)"
      case .fleecing: ", fleecing"
      }
    let owner = "guest \(configuration.id) on \(configuration.node)"
    return "\(reference.slot)\(section) of \(owner)"
  }

  var evidence: Evidence { Evidence(reference.location, from: .guestConfigs) }
}

/// A text that names a volume without being a reference.
public final class ResolvedMention: Sendable {
  public let configuration: GuestConfiguration
  public let mention: Mention
  public let counts: Bool

  init(configuration: GuestConfiguration, mention: Mention, counts: Bool) {
    self.configuration = configuration
    self.mention = mention
    self.counts = counts
  }

  var evidence: Evidence { Evidence(mention.location, from: .guestConfigs) }
}

/// All configurations' references and mentions, found by volume, by mapping name and by device.
///
/// `storage.cfg` is the only bridge from a storage's id to a volume group's name; names that look
/// alike prove nothing.
struct ReferenceIndex: Sendable {
  private(set) var byPath: [VolumePath: [ResolvedReference]] = [:]
  private(set) var mentionsByPath: [VolumePath: [ResolvedMention]] = [:]
  private(set) var byMappingName: [String: [ResolvedReference]] = [:]
  private(set) var mentionsByMappingName: [String: [ResolvedMention]] = [:]
  private(set) var byDevice: [DeviceNumber: [ResolvedReference]] = [:]
  private(set) var mentionsByDevice: [DeviceNumber: [ResolvedMention]] = [:]
  /// By the number in `/dev/dm-7`.
  private(set) var byMinor: [UInt32: [ResolvedReference]] = [:]
  private(set) var mentionsByMinor: [UInt32: [ResolvedMention]] = [:]
  /// By the mapping's uuid in `/dev/disk/by-id/dm-uuid-…`.
  private(set) var byUUID: [String: [ResolvedReference]] = [:]
  private(set) var mentionsByUUID: [String: [ResolvedMention]] = [:]
  /// Mentions of a volume by name on a storage that nobody knows; they may mean any group.
  private(set) var mentionsByVolumeName: [String: [ResolvedMention]] = [:]
  /// References by volume name alone, for a volume that lies in another storage than the line says.
  private(set) var byVolumeName: [String: [ResolvedReference]] = [:]
  /// Device paths in configurations of this node that lead nowhere the bundle shows.
  private(set) var unresolvedPaths: [String] = []
  /// Device paths in configurations of this node through folders of links that no bundle holds.
  private(set) var uncollectedPaths: [String] = []

  private let storages: [String: Storage]
  private let nodeName: String
  private let deviceLinks: [String: DeviceNumber]
  private let hasAllDiskLinks: Bool
  private let sharedGroups: Set<String>

  init(
    configurations: [GuestConfiguration], storages: [Storage], nodeName: String,
    deviceLinks: [String: DeviceNumber], hasAllDiskLinks: Bool = true
  ) {
    self.storages = Dictionary(
      storages.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.nodeName = nodeName
    self.deviceLinks = deviceLinks
    self.hasAllDiskLinks = hasAllDiskLinks
    sharedGroups = Set(storages.filter(\.isShared).compactMap(\.volumeGroup))
    let count = configurations.reduce(0) { $0 + $1.references.count }
    byPath.reserveCapacity(count)
    byVolumeName.reserveCapacity(count)
    for configuration in configurations {
      for reference in configuration.references { add(reference, of: configuration) }
      for mention in configuration.mentions {
        add(mention, of: configuration)
        if let bare = mention.withoutPunctuation { add(bare, of: configuration) }
      }
    }
  }

  private mutating func add(_ reference: VolumeReference, of configuration: GuestConfiguration) {
    switch reference.target {
    case .path(let path):
      addPath(path, of: configuration, reference: reference)
    case .volume(let id):
      guard let storage = storages[id.storage], storage.volumeGroup != nil || storage.hasNoMappings
      else {
        // The volume may be anywhere.
        let place = "a storage that storage.cfg does not have or only a plugin knows"
        let mention = Mention(text: id.description, place: place, location: reference.location)
        mentionsByVolumeName[id.volume, default: []].append(
          ResolvedMention(configuration: configuration, mention: mention, counts: true))
        return
      }
      guard let group = storage.volumeGroup else { return }
      let counts = configuration.node == nodeName || isShared(storage)
      func resolved(snapshot: String?) -> ResolvedReference {
        ResolvedReference(
          configuration: configuration, reference: reference, storage: storage, counts: counts,
          snapshot: snapshot)
      }
      let named = resolved(snapshot: nil)
      byPath[VolumePath(group: group, volume: id.volume), default: []].append(named)
      byVolumeName[id.volume, default: []].append(named)
      if case .snapshot(let snapshot) = reference.section, reference.slot != "vmstate" {
        let volume = GuestVolumeName.snapshotVolume(of: id.volume, snapshot: snapshot)
        byPath[VolumePath(group: group, volume: volume), default: []].append(
          resolved(snapshot: snapshot))
      }
    }
  }

  private mutating func add(_ mention: Mention, of configuration: GuestConfiguration) {
    if mention.text.hasPrefix("/") {
      return addPath(mention.text, of: configuration, mention: mention)
    }
    guard let id = VolumeID(Substring(mention.text)) else { return }
    let storage = storages[id.storage]
    let counts = storage.map { configuration.node == nodeName || isShared($0) } ?? true
    let resolved = ResolvedMention(
      configuration: configuration, mention: mention, counts: counts)
    if let group = storage?.volumeGroup {
      mentionsByPath[VolumePath(group: group, volume: id.volume), default: []].append(resolved)
    } else if storage?.hasNoMappings != true {
      mentionsByVolumeName[id.volume, default: []].append(
        ResolvedMention(configuration: configuration, mention: mention, counts: true))
    }
  }

  /// Whether a storage's volumes are the same on all nodes: it says so, or another one of its group.
  private func isShared(_ storage: Storage) -> Bool {
    storage.isShared || storage.volumeGroup.map(sharedGroups.contains) ?? false
  }

  private mutating func addPath(
    _ path: String, of configuration: GuestConfiguration, reference: VolumeReference? = nil,
    mention: Mention? = nil
  ) {
    guard path.hasPrefix("/dev/") else { return }
    let isHere = configuration.node == nodeName
    let target = PathTarget(path, links: deviceLinks, hasAllDiskLinks: hasAllDiskLinks)
    let counts = isHere || target.isEverywhere(sharedGroups)
    let resolved = reference.map {
      ResolvedReference(
        configuration: configuration, reference: $0, storage: nil, counts: counts, snapshot: nil)
    }
    let mentioned = mention.map {
      ResolvedMention(configuration: configuration, mention: $0, counts: counts)
    }
    switch target {
    case .volume(let volume):
      if let resolved { byPath[volume, default: []].append(resolved) }
      if let mentioned { mentionsByPath[volume, default: []].append(mentioned) }
    case .mapping(let name):
      if let resolved { byMappingName[name, default: []].append(resolved) }
      if let mentioned { mentionsByMappingName[name, default: []].append(mentioned) }
    case .device(let device):
      if let resolved { byDevice[device, default: []].append(resolved) }
      if let mentioned { mentionsByDevice[device, default: []].append(mentioned) }
    case .minor(let minor):
      guard isHere else { return }
      if let resolved { byMinor[minor, default: []].append(resolved) }
      if let mentioned { mentionsByMinor[minor, default: []].append(mentioned) }
    case .uuid(let uuid):
      if let resolved { byUUID[uuid, default: []].append(resolved) }
      if let mentioned { mentionsByUUID[uuid, default: []].append(mentioned) }
    case .unresolved:
      if isHere { unresolvedPaths.append(path) }
    case .uncollected:
      if isHere { uncollectedPaths.append(path) }
    case .nothingMapped: break
    }
  }
}

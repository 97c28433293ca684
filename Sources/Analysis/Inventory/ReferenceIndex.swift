import BundleFormat
import NodeState

/// A configuration line that names a volume, resolved to where the volume would be.
public struct ResolvedReference: Sendable {
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
  public var isAttached: Bool { reference.isAttached && snapshot == nil }

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
public struct ResolvedMention: Sendable {
  public let configuration: GuestConfiguration
  public let mention: Mention
  public let counts: Bool

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
  /// Mentions of a volume by name on a storage that nobody knows; they may mean any group.
  private(set) var mentionsByVolumeName: [String: [ResolvedMention]] = [:]
  /// References by volume name alone, for a volume that lies in another storage than the line says.
  private(set) var byVolumeName: [String: [ResolvedReference]] = [:]
  /// Device paths in configurations of this node that lead nowhere the bundle shows.
  private(set) var unresolvedPaths: [String] = []

  private let storages: [String: Storage]
  private let nodeName: String
  private let deviceLinks: [String: DeviceNumber]
  private let sharedGroups: Set<String>

  init(
    configurations: [GuestConfiguration], storages: [Storage], nodeName: String,
    deviceLinks: [String: DeviceNumber]
  ) {
    self.storages = Dictionary(storages.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.nodeName = nodeName
    self.deviceLinks = deviceLinks
    sharedGroups = Set(storages.filter(\.isShared).compactMap(\.volumeGroup))
    for configuration in configurations {
      for reference in configuration.references { add(reference, of: configuration) }
      for mention in configuration.mentions { add(mention, of: configuration) }
    }
  }

  private mutating func add(_ reference: VolumeReference, of configuration: GuestConfiguration) {
    switch reference.target {
    case .path(let path):
      addPath(path, of: configuration, reference: reference)
    case .volume(let id):
      guard let storage = storages[id.storage] else {
        // A storage that storage.cfg doesn't have: the volume may be anywhere.
        let place = "a storage that storage.cfg does not have"
        let mention = Mention(text: id.description, place: place, location: reference.location)
        mentionsByVolumeName[id.volume, default: []].append(
          ResolvedMention(configuration: configuration, mention: mention, counts: true))
        return
      }
      guard let group = storage.volumeGroup else { return }
      let counts = storage.isShared || configuration.node == nodeName
      func resolved(snapshot: String?) -> ResolvedReference {
        ResolvedReference(
          configuration: configuration, reference: reference, storage: storage, counts: counts,
          snapshot: snapshot)
      }
      byPath[VolumePath(group: group, volume: id.volume), default: []].append(
        resolved(snapshot: nil))
      byVolumeName[id.volume, default: []].append(resolved(snapshot: nil))
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
    let counts = storage.map { $0.isShared || configuration.node == nodeName } ?? true
    let resolved = ResolvedMention(
      configuration: configuration, mention: mention, counts: counts)
    if let group = storage?.volumeGroup {
      mentionsByPath[VolumePath(group: group, volume: id.volume), default: []].append(resolved)
    } else if storage == nil {
      mentionsByVolumeName[id.volume, default: []].append(resolved)
    }
  }

  private mutating func addPath(
    _ path: String, of configuration: GuestConfiguration, reference: VolumeReference? = nil,
    mention: Mention? = nil
  ) {
    guard path.hasPrefix("/dev/") else { return }
    let isHere = configuration.node == nodeName
    let target = PathTarget(path, links: deviceLinks)
    let counts = isHere || target.isGroup(in: sharedGroups)
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
    case .unresolved:
      if isHere { unresolvedPaths.append(path) }
    case .nothingMapped: break
    }
  }
}

/// What a device path names, as far as names and the collected links tell.
private enum PathTarget {
  case volume(VolumePath)
  case mapping(String)
  case device(DeviceNumber)
  /// A link that leads to some device, perhaps a mapping; the bundle doesn't say which.
  case unresolved
  /// A device of another driver.
  case nothingMapped

  init(_ path: String, links: [String: DeviceNumber]) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
    if parts.count == 3, parts[1] == "mapper" {
      self = .mapping(String(parts[2]))
    } else if parts.count == 4, parts[1] == "disk", parts[2] == "by-id",
      parts[3].hasPrefix("dm-name-")
    {
      self = .mapping(String(parts[3].dropFirst(8)))
    } else if parts.count == 3, parts[1] != "disk", parts[1] != "block" {
      self = .volume(VolumePath(group: String(parts[1]), volume: String(parts[2])))
    } else if let device = links[path] {
      self = .device(device)
    } else if path.hasPrefix("/dev/dm-") || path.hasPrefix("/dev/disk/")
      || path.hasPrefix("/dev/block/")
    {
      self = .unresolved
    } else {
      self = .nothingMapped
    }
  }

  func isGroup(in groups: Set<String>) -> Bool {
    switch self {
    case .volume(let volume): groups.contains(volume.group)
    case .mapping(let name):
      groups.contains(MappingName(decoding: name).group)
    case .device, .unresolved, .nothingMapped: false
    }
  }
}

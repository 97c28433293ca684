import BundleFormat
import NodeState

/// What a device path names, as far as names and the collected links tell.
enum PathTarget: Hashable {
  case volume(VolumePath)
  /// A mapping by its name.
  case mapping(String)
  case device(DeviceNumber)
  /// `/dev/dm-N`: device mapper's device of that minor number.
  case minor(UInt32)
  /// A mapping by its uuid.
  case uuid(String)
  /// A link that leads to some device, perhaps a mapping; the bundle doesn't say which.
  case unresolved
  /// A link in a folder that the bundle's collector did not look into.
  case uncollected
  /// A device of another driver.
  case nothingMapped

  /// - Parameter hasAllDiskLinks: Whether `links` has every folder below `/dev/disk`; the first
  ///   collectors looked into by-id alone.
  init(_ path: String, links: [String: DeviceNumber], hasAllDiskLinks: Bool) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
    if parts.count == 3, parts[1] == "mapper" {
      self = .mapping(String(parts[2]))
    } else if parts.count == 4, parts[1] == "disk", parts[2] == "by-id",
      let target = Self.named(parts[3])
    {
      self = target
    } else if parts.count == 3, parts[1] == "block", let device = DeviceNumber(String(parts[2])) {
      self = .device(device)
    } else if parts.count == 2, parts[1].hasPrefix("dm-"), let minor = UInt32(parts[1].dropFirst(3))
    {
      self = .minor(minor)
    } else if parts.count == 3, parts[1] != "disk", parts[1] != "block" {
      self = .volume(VolumePath(group: String(parts[1]), volume: String(parts[2])))
    } else if let device = links[path] {
      self = .device(device)
    } else if parts.count > 2, parts[1] == "disk", parts[2] != "by-path" {
      self = parts[2] == "by-id" || hasAllDiskLinks ? .unresolved : .uncollected
    } else {
      // What hangs on a bus (by-path) is no mapping.
      self = .nothingMapped
    }
  }

  /// `dm-name-NAME` and `dm-uuid-UUID`, as udev calls the links to mappings.
  private static func named(_ link: Substring) -> PathTarget? {
    if link.hasPrefix("dm-name-") { return .mapping(String(link.dropFirst(8))) }
    if link.hasPrefix("dm-uuid-") { return .uuid(String(link.dropFirst(8))) }
    return nil
  }

  /// The volume that a path means by its name, be it LVM's link or the mapping's name: a mapping that is older
  /// than the volume's or the group's renaming is still called otherwise.
  var volume: VolumePath? {
    switch self {
    case .volume(let path): return path
    case .mapping(let name):
      let name = MappingName(decoding: name)
      return name.volume.isEmpty || !name.layer.isEmpty
        ? nil : VolumePath(group: name.group, volume: name.volume)
    case .device, .minor, .uuid, .unresolved, .uncollected, .nothingMapped: return nil
    }
  }

  /// What a path names besides, where it is the name of a partition, as kpartx and udev give them: the
  /// mapping that the partition is of. The partition itself need not be mapped at the moment.
  var whole: PathTarget? {
    switch self {
    case .mapping(let name): return Self.name(ofWhole: name).map { .mapping($0) }
    case .volume(let path):
      return Self.name(ofWhole: path.volume).map {
        .mapping(MappingName(group: path.group, volume: $0).description)
      }
    case .uuid(let uuid):
      guard uuid.hasPrefix("part"), let dash = uuid.firstIndex(of: "-") else { return nil }
      return .uuid(String(uuid[uuid.index(after: dash)...]))
    case .device, .minor, .unresolved, .uncollected, .nothingMapped: return nil
    }
  }

  /// A name without `1`, `p1`, `-part1` or what else `kpartx -p` was told at its end; nil for one that has none
  /// of these.
  private static func name(ofWhole name: String) -> String? {
    let digits = name.utf8.reversed().prefix { (0x30...0x39).contains($0) }.count
    let stem = name.dropLast(digits)
    if digits == 0 || stem.isEmpty { return nil }
    let separator = ["-part", "_part", "p", "_", "-"].first(where: stem.hasSuffix) ?? ""
    return String(stem.dropLast(separator.count))
  }

  /// Whether the path names the same volume on all nodes.
  func isEverywhere(_ sharedGroups: Set<String>) -> Bool {
    switch self {
    case .volume(let volume): sharedGroups.contains(volume.group)
    case .mapping(let name): sharedGroups.contains(MappingName(decoding: name).group)
    // A volume's uuid is its own on every node.
    case .uuid: true
    case .device, .minor, .unresolved, .uncollected, .nothingMapped: false
    }
  }
}

extension Storage {
  /// Whether a type of PVE's own never gives a guest's disk a mapping by its volume's name.
  ///
  /// Nothing is known of a type that a plugin brings.
  var hasNoMappings: Bool {
    [
      "btrfs", "cephfs", "cifs", "dir", "esxi", "glusterfs", "iscsi", "iscsidirect", "nfs",
      "pbs", "rbd", "zfs", "zfspool",
    ].contains(type)
  }
}

extension Mention {
  /// Whether it is a device that a container is given as it is: `dev0`.
  var isOfDevice: Bool {
    place.hasPrefix("dev") && place.dropFirst(3).first?.isNumber ?? false
  }

  /// The mention without what ends a sentence or a list; nil where nothing does.
  var withoutPunctuation: Mention? {
    var text = text[...]
    while let last = text.last, ".:/-@+_".contains(last) { text = text.dropLast() }
    return text.count == self.text.count
      ? nil : Mention(text: String(text), place: place, location: location)
  }
}

import BundleFormat
import NodeState

/// One mapping with all that the snapshot says of it: what the rules judge.
public final class MappingFacts: Sendable {
  public let mapping: Mapping
  /// The group and volume: by identity where LVM knows it, else by the mapping's name.
  public let path: VolumePath?
  /// Whose disk it is by name; nil when it isn't named like a guest's disk.
  public let guestName: GuestVolumeName?
  public let standing: Standing
  /// Open count less the closed partition children.
  public let ownOpenCount: Int
  /// Positions in ``Inventory/mappings`` of the kpartx partitions of this mapping.
  public let partitions: [Int]
  public let references: [ResolvedReference]
  public let mentions: [ResolvedMention]
  /// The storages of this node that the volume may belong to, by id.
  public let storages: [Storage]
  /// Whether other nodes have the volume, too: a storage of its group says so, of this node or of others.
  public let isShared: Bool
  public let comparison: TableComparison
  /// The living volume that has this mapping's name while the mapping is not it.
  public let namesake: LogicalVolume?

  /// What LVM's metadata says of the mapping's uuid.
  public enum Standing: Sendable {
    /// Its group is trusted and holds a volume with this uuid.
    case known(LogicalVolume, VolumeGroup)
    /// Its group is trusted and has no such volume.
    case ghost(VolumeGroup)
    /// The metadata was read, and no group has this uuid.
    case groupAbsent
    /// Nothing can be said: the metadata, or this group's part of it, is not trusted.
    case unreadable(String)
    /// The uuid is not of an LVM volume, or there is none.
    case notLVM
  }

  init(
    mapping: Mapping, path: VolumePath?, guestName: GuestVolumeName?, standing: Standing,
    ownOpenCount: Int, partitions: [Int], references: [ResolvedReference],
    mentions: [ResolvedMention], storages: [Storage], isShared: Bool,
    comparison: TableComparison, namesake: LogicalVolume?
  ) {
    self.mapping = mapping
    self.path = path
    self.guestName = guestName
    self.standing = standing
    self.ownOpenCount = ownOpenCount
    self.partitions = partitions
    self.references = references
    self.mentions = mentions
    self.storages = storages
    self.isShared = isShared
    self.comparison = comparison
    self.namesake = namesake
  }

  public var isOpen: Bool { ownOpenCount > 0 }

  public var volume: LogicalVolume? {
    guard case .known(let volume, _) = standing else { return nil }
    return volume
  }

  public var isGhost: Bool {
    guard case .ghost = standing else { return false }
    return true
  }

  /// Whether the uuid is a volume in trusted metadata, and name and table agree with it.
  public var isConfirmed: Bool {
    guard let volume, volume.mappingName == mapping.name else { return false }
    switch comparison {
    case .agrees, .notCompared: return true
    case .lengthDiffers, .extentsDiffer: return false
    }
  }

  public var isThin: Bool { volume?.attributes.utf8.first == UInt8(ascii: "V") }

  /// References that say something about this node's volume.
  var countingReferences: [ResolvedReference] { references.filter(\.counts) }

  /// Mentions that may say something about this node's volume.
  var countingMentions: [ResolvedMention] { mentions.filter(\.counts) }

  var isReferencedOrMentioned: Bool {
    references.contains(where: \.counts) || mentions.contains(where: \.counts)
  }

  var evidence: Evidence { Evidence(mapping.location, from: .dmsetupInfo) }

  var tableEvidence: [Evidence] {
    (mapping.table.value ?? []).prefix(4).map { Evidence($0.location, from: .dmsetupTable) }
  }

  var volumeEvidence: [Evidence] {
    volume.map { [Evidence($0.location, from: .lvs)] } ?? []
  }
}

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

  /// LVM's own row of it; nil where its metadata is not trusted or has none.
  public let volume: LogicalVolume?
  public let isGhost: Bool
  /// Whether the uuid is a volume in trusted metadata, and name and table agree with it.
  public let isConfirmed: Bool
  /// References that say something about this node's volume.
  let countingReferences: [ResolvedReference]
  /// Whether a reference or a mention counts.
  let isReferencedOrMentioned: Bool

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
    // Thirty rules ask these again and again: they are answered once.
    volume = if case .known(let volume, _) = standing { volume } else { nil }
    isGhost = if case .ghost = standing { true } else { false }
    let agrees =
      switch comparison {
      case .agrees, .notCompared: true
      case .lengthDiffers, .extentsDiffer: false
      }
    isConfirmed = agrees && volume?.mappingName == mapping.name
    countingReferences =
      references.allSatisfy(\.counts) ? references : references.filter(\.counts)
    isReferencedOrMentioned = !countingReferences.isEmpty || mentions.contains(where: \.counts)
  }

  public var isOpen: Bool { ownOpenCount > 0 }

  public var isThin: Bool { volume?.attributes.utf8.first == UInt8(ascii: "V") }

  /// Mentions that may say something about this node's volume.
  var countingMentions: [ResolvedMention] { mentions.filter(\.counts) }

  var evidence: Evidence { Evidence(mapping.location, from: .dmsetupInfo) }

  var tableEvidence: [Evidence] {
    (mapping.table.value ?? []).prefix(4).map { Evidence($0.location, from: .dmsetupTable) }
  }

  var volumeEvidence: [Evidence] {
    volume.map { [Evidence($0.location, from: .lvs)] } ?? []
  }
}

import BundleFormat
import NodeState

/// One mapping with all that the snapshot says of it: what the rules judge.
public final class MappingFacts: Sendable {
  public let mapping: Mapping
  /// The group and volume: by identity where LVM knows it, else by the mapping's name.
  public let path: VolumePath?
  /// Whether the mapping's name is the one that LVM gives the volume at ``path``.
  let hasPlainName: Bool
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
  /// Whether other nodes have the volume, too: a storage of its group here says so or, where there is none
  /// here, another node's.
  public let isShared: Bool
  /// Whether any storage of its group says so: then this node's view of it may be old.
  let mayBeShared: Bool
  public let comparison: TableComparison
  /// The living volume that has this mapping's name while the mapping is not it.
  public let namesake: LogicalVolume?
  /// A volume of another group with the id of the mapping's: what vgsplit and vgmerge make of one.
  let elsewhere: LogicalVolume?

  /// LVM's own row of it; nil where its metadata is not trusted or has none.
  public let volume: LogicalVolume?
  public let isGhost: Bool
  /// Whether the uuid is a volume in trusted metadata, and name and table agree with it.
  public let isConfirmed: Bool
  /// What rules ask first.
  let traits: MappingTraits

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
    mapping: Mapping, path: VolumePath?, hasPlainName: Bool, guestName: GuestVolumeName?,
    standing: Standing, hasVolumesName: Bool, ownOpenCount: Int, partitions: [Int],
    found: ReferenceIndex.Found,
    choice: StoragesOfGroups.Choice, comparison: TableComparison, namesake: LogicalVolume?,
    elsewhere: LogicalVolume?, places: MappingTraits
  ) {
    self.mapping = mapping
    self.path = path
    self.hasPlainName = hasPlainName
    self.guestName = guestName
    self.standing = standing
    self.ownOpenCount = ownOpenCount
    self.partitions = partitions
    references = found.references
    mentions = found.mentions
    storages = choice.storages
    isShared = choice.isShared
    mayBeShared = choice.mayBeShared
    self.comparison = comparison
    self.namesake = namesake
    self.elsewhere = elsewhere
    // Thirty rules ask these again and again: they are answered once.
    volume = if case .known(let volume, _) = standing { volume } else { nil }
    isGhost = if case .ghost = standing { true } else { false }
    let agrees =
      switch comparison {
      case .agrees, .notCompared: true
      case .lengthDiffers, .extentsDiffer: false
      }
    let isNamed = hasVolumesName || volume?.mappingName == mapping.name
    isConfirmed = volume != nil && agrees && isNamed
    var traits =
      places
      .union(.ofUUID(mapping, volume, path, guestName))
      .union(.ofConfigurations(references, mentions))
      .union(.ofMetadata(standing, comparison, hasNamesake: namesake != nil))
      .union(.when(isConfirmed, .confirmed))
      .union(.when(volume != nil && !isNamed, .otherName))
      .union(.when(ownOpenCount > 0, .open))
      .union(
        .when(mapping.attributes.isSuspended || !mapping.attributes.hasLiveTable, .still)
      )
      .union(.when(!storages.isEmpty, .managed))
      .union(.when(isShared, .shared))
    // A volume of any name that is some guest's disk by its path is no longer the host's own.
    if guestName == nil, traits.isSuperset(of: [.publicVolume, .referenced]) {
      traits.remove(.hosts)
    }
    self.traits = traits
  }

  public var isOpen: Bool { ownOpenCount > 0 }

  /// Whether LVM's metadata of its group could not be used.
  var isUnread: Bool {
    switch standing {
    case .unreadable, .groupAbsent: true
    case .known, .ghost, .notLVM: false
    }
  }

  public var isThin: Bool { traits.contains(.thin) }

  /// Whether a reference or a mention counts.
  var isReferencedOrMentioned: Bool { traits.contains(.named) }

  /// References that say something about this node's volume.
  var countingReferences: [ResolvedReference] { references.filter(\.counts) }

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

extension MappingTraits {
  fileprivate static func ofUUID(
    _ mapping: Mapping, _ volume: LogicalVolume?, _ path: VolumePath?, _ guestName: GuestVolumeName?
  ) -> MappingTraits {
    var traits: MappingTraits = .when(guestName == nil, .hosts)
    switch guestName?.kind {
    case .wiping?: traits.insert(.wiping)
    case .fleecing?: traits.insert(.fleecing)
    case .snapshot?: traits.insert(.snapshot)
    case .disk?, .base?, nil: break
    }
    if volume != nil || mapping.uuid?.publicVolume != nil {
      traits.insert(.publicVolume)
    } else {
      guard let uuid = mapping.uuid else { return traits.union(.withoutUUID) }
      switch uuid.origin {
      case .volume: traits.insert(.layered)
      case .partition: traits.insert(.partition)
      case .multipath: traits.insert(.multipath)
      case .crypt: traits.insert(.crypt)
      // Named like a guest's disk, but made by a program that is neither LVM nor a person.
      case .other: if !uuid.description.hasPrefix("LVM-") { traits.insert(.hosts) }
      }
    }
    guard let volume else {
      // Of RAID's and mirrors' layers the uuid has no suffix; LVM lets no volume of ours be called so.
      return traits.union(.when(path?.layerName != nil, .layered))
    }
    if volume.isThin { traits.insert(.thin) }
    switch volume.attributes.utf8.first {
    case UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "e"): traits.insert(.layered)
    case UInt8(ascii: "C") where guestName == nil: traits.insert(.layered)
    default: break
    }
    return traits.union(.when(volume.isInternal, .layered))
  }

  fileprivate static func ofMetadata(
    _ standing: MappingFacts.Standing, _ comparison: TableComparison, hasNamesake: Bool
  ) -> MappingTraits {
    var traits: MappingTraits = .when(hasNamesake, .namesake)
    switch standing {
    case .known: traits.insert(.known)
    case .ghost: traits.insert(.ghost)
    case .groupAbsent: traits.insert(.groupAbsent)
    case .unreadable, .notLVM: break
    }
    switch comparison {
    case .lengthDiffers: traits.insert(.lengthDiffers)
    case .extentsDiffer: traits.insert(.extentsDiffer)
    case .agrees, .notCompared: break
    }
    return traits
  }

  fileprivate static func ofConfigurations(
    _ references: [ResolvedReference], _ mentions: [ResolvedMention]
  ) -> MappingTraits {
    var traits: MappingTraits = .when(references.count > 1, .severalReferences)
    for reference in references {
      guard reference.counts else {
        traits.insert(.foreign)
        continue
      }
      traits.formUnion([.referenced, .named])
      guard reference.isHere else { continue }
      traits.insert(.referencedHere)
      if reference.guestHasProcess { traits.insert(.withProcess) }
      if reference.guestRuns { traits.insert(.running) }
    }
    for mention in mentions where mention.counts { traits.formUnion([.mentioned, .named]) }
    return traits
  }
}

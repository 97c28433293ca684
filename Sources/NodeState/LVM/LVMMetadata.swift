import BundleFormat

/// LVM's metadata of every group that the node could read, and what LVM said while reading.
public struct LVMMetadata: Sendable {
  public let volumes: Observed<[LogicalVolume]>
  public let groups: Observed<[VolumeGroup]>
  public let physicalVolumes: Observed<[PhysicalVolume]>
  /// Every line that lvs, vgs and pvs printed on standard error, but for blank ones.
  public let warnings: [LVMWarning]

  public init(
    volumes: Observed<[LogicalVolume]>, groups: Observed<[VolumeGroup]>,
    physicalVolumes: Observed<[PhysicalVolume]>, warnings: [LVMWarning]
  ) {
    self.volumes = volumes
    self.groups = groups
    self.physicalVolumes = physicalVolumes
    self.warnings = warnings
  }
}

/// One line of LVM's standard error output.
public struct LVMWarning: Hashable, Sendable {
  public let text: String
  public init(text: String) { self.text = text }
}

/// A logical volume by LVM's metadata: one or more rows of `lvs -a`, one a segment.
///
/// Source: `lvs -a --readonly --units b --nosuffix --reportformat json`, lvs(8).
public final class LogicalVolume: Sendable {
  public let groupName: String
  public let groupID: LVMID
  /// Without the brackets of an internal volume.
  public let name: String
  public let id: LVMID
  /// Whether LVM printed the name in brackets: a layer, never a guest's disk.
  public let isInternal: Bool
  /// `lv_attr`, ten characters of which only the metadata's are meaningful under `--readonly`.
  public let attributes: String
  public let sizeBytes: Int
  /// `lv_dm_path` without `/dev/mapper/`: the name that its mapping has.
  public let mappingName: String
  public let layout: String
  public let role: String
  public let tags: [String]
  /// Nil where this LVM doesn't know the field (before 2.03.12).
  public let hasAutoactivation: Bool?
  public let skipsActivation: Bool
  /// When it was made; nil when unknown.
  public let createdAt: Timestamp?
  /// The host that made it; empty when unknown.
  public let creationHost: String
  /// The pool of a thin volume, without brackets; nil for any other.
  public let poolName: String?
  /// The origin of a snapshot or thin clone.
  public let origin: String?
  public let health: String
  /// Of a thin pool; nil for any other.
  public let transactionID: Int?
  public let segments: [Segment]
  /// The line of its first row in `lvs`.
  public let location: SourceLocation

  public struct Segment: Hashable, Sendable {
    /// `linear`, `striped`, `thin`, `thin-pool`, `snapshot`, …
    public let type: String
    /// In extents of the group.
    public let startExtent: Int
    public let extentCount: Int
    /// The physical extents in stripe order; empty for a segment without (thin).
    public let ranges: [Range]
    /// The device id of a thin volume.
    public let thinID: Int?
    public let stripeCount: Int
    public let stripeSizeBytes: Int

    /// A run of extents on a physical volume or, under an internal name, on another volume.
    public struct Range: Hashable, Sendable {
      /// `/dev/sdb`, or a volume's name such as `data_tdata`.
      public let device: String
      public let firstExtent: Int
      /// The last extent, included.
      public let lastExtent: Int
      public init(device: String, firstExtent: Int, lastExtent: Int) {
        self.device = device
        self.firstExtent = firstExtent
        self.lastExtent = lastExtent
      }
    }

    public init(
      type: String, startExtent: Int, extentCount: Int, ranges: [Range], thinID: Int?,
      stripeCount: Int, stripeSizeBytes: Int
    ) {
      self.type = type
      self.startExtent = startExtent
      self.extentCount = extentCount
      self.ranges = ranges
      self.thinID = thinID
      self.stripeCount = stripeCount
      self.stripeSizeBytes = stripeSizeBytes
    }
  }

  public var identity: VolumeIdentity { VolumeIdentity(group: groupID, volume: id) }

  public init(
    groupName: String, groupID: LVMID, name: String, id: LVMID, isInternal: Bool,
    attributes: String, sizeBytes: Int, mappingName: String, layout: String, role: String,
    tags: [String], hasAutoactivation: Bool?, skipsActivation: Bool, createdAt: Timestamp?,
    creationHost: String, poolName: String?, origin: String?, health: String, transactionID: Int?,
    segments: [Segment], location: SourceLocation
  ) {
    self.groupName = groupName
    self.groupID = groupID
    self.name = name
    self.id = id
    self.isInternal = isInternal
    self.attributes = attributes
    self.sizeBytes = sizeBytes
    self.mappingName = mappingName
    self.layout = layout
    self.role = role
    self.tags = tags
    self.hasAutoactivation = hasAutoactivation
    self.skipsActivation = skipsActivation
    self.createdAt = createdAt
    self.creationHost = creationHost
    self.poolName = poolName
    self.origin = origin
    self.health = health
    self.transactionID = transactionID
    self.segments = segments
    self.location = location
  }
}

/// A volume group. Source: `vgs --readonly …`, vgs(8).
public final class VolumeGroup: Sendable {
  public let name: String
  public let id: LVMID
  public let extentSizeBytes: Int
  public let sizeBytes: Int
  public let freeBytes: Int
  public let sequenceNumber: Int
  public let physicalVolumeCount: Int
  /// The volumes that the metadata holds, internal ones left out; nil when LVM didn't say.
  public let volumeCount: Int?
  public let missingPhysicalVolumeCount: Int
  public let isPartial: Bool
  public let isExported: Bool
  /// Empty for a group that any host may use.
  public let systemID: String
  /// Empty for a group without a lock manager.
  public let lockType: String
  public let location: SourceLocation

  public init(
    name: String, id: LVMID, extentSizeBytes: Int, sizeBytes: Int, freeBytes: Int,
    sequenceNumber: Int, physicalVolumeCount: Int, volumeCount: Int?,
    missingPhysicalVolumeCount: Int, isPartial: Bool, isExported: Bool, systemID: String,
    lockType: String, location: SourceLocation
  ) {
    self.name = name
    self.id = id
    self.extentSizeBytes = extentSizeBytes
    self.sizeBytes = sizeBytes
    self.freeBytes = freeBytes
    self.sequenceNumber = sequenceNumber
    self.physicalVolumeCount = physicalVolumeCount
    self.volumeCount = volumeCount
    self.missingPhysicalVolumeCount = missingPhysicalVolumeCount
    self.isPartial = isPartial
    self.isExported = isExported
    self.systemID = systemID
    self.lockType = lockType
    self.location = location
  }
}

/// A physical volume. Source: `pvs --readonly …`, pvs(8).
public struct PhysicalVolume: Sendable {
  /// `/dev/sdb`, or `[unknown]` for a missing one.
  public let name: String
  public let id: LVMID
  /// Nil for one that belongs to no group.
  public let groupID: LVMID?
  public let groupName: String
  /// Where its first extent starts on the device.
  public let dataStartBytes: Int
  public let device: DeviceNumber?
  public let isMissing: Bool
  public let isDuplicate: Bool
  public let sizeBytes: Int
  public let location: SourceLocation

  public init(
    name: String, id: LVMID, groupID: LVMID?, groupName: String, dataStartBytes: Int,
    device: DeviceNumber?, isMissing: Bool, isDuplicate: Bool, sizeBytes: Int,
    location: SourceLocation
  ) {
    self.name = name
    self.id = id
    self.groupID = groupID
    self.groupName = groupName
    self.dataStartBytes = dataStartBytes
    self.device = device
    self.isMissing = isMissing
    self.isDuplicate = isDuplicate
    self.sizeBytes = sizeBytes
    self.location = location
  }
}

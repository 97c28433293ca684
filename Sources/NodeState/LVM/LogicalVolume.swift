import BundleFormat

/// A logical volume by LVM's metadata: one or more rows of `lvs -a`, one a segment.
///
/// Source: `lvs -a --readonly --units b --nosuffix --reportformat json`, lvs(8).
public final class LogicalVolume: Sendable {
  /// What it mostly has in common with the volumes beside it in the report.
  @usableFromInline let traits: Traits
  /// Without the brackets of an internal volume.
  public let name: String
  public let id: LVMID
  /// Whether LVM printed the name in brackets: a layer, never a guest's disk.
  public let isInternal: Bool
  public let sizeBytes: Int
  /// `lv_dm_path` without `/dev/mapper/`: the name that its mapping has.
  public let mappingName: String
  public let tags: [String]
  /// Nil where this LVM doesn't know the field (before 2.03.12).
  public let hasAutoactivation: Bool?
  public let skipsActivation: Bool
  /// When it was made; nil when unknown.
  public let createdAt: Timestamp?
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

  /// The traits of one or more volumes.
  @usableFromInline
  final class Traits: Sendable {
    @usableFromInline let groupName: String
    @usableFromInline let groupID: LVMID
    @usableFromInline let attributes: String
    @usableFromInline let layout: String
    @usableFromInline let role: String
    @usableFromInline let creationHost: String
    @usableFromInline let poolName: String?
    @usableFromInline let origin: String?
    @usableFromInline let health: String

    init(
      groupName: String, groupID: LVMID, attributes: String, layout: String, role: String,
      creationHost: String, poolName: String?, origin: String?, health: String
    ) {
      self.groupName = groupName
      self.groupID = groupID
      self.attributes = attributes
      self.layout = layout
      self.role = role
      self.creationHost = creationHost
      self.poolName = poolName
      self.origin = origin
      self.health = health
    }
  }

  init(
    _ traits: Traits, name: String, id: LVMID, isInternal: Bool, sizeBytes: Int,
    mappingName: String, tags: [String], hasAutoactivation: Bool?, skipsActivation: Bool,
    createdAt: Timestamp?, transactionID: Int?, segments: [Segment], location: SourceLocation
  ) {
    self.traits = traits
    self.name = name
    self.id = id
    self.isInternal = isInternal
    self.sizeBytes = sizeBytes
    self.mappingName = mappingName
    self.tags = tags
    self.hasAutoactivation = hasAutoactivation
    self.skipsActivation = skipsActivation
    self.createdAt = createdAt
    self.transactionID = transactionID
    self.segments = segments
    self.location = location
  }

  public convenience init(
    groupName: String, groupID: LVMID, name: String, id: LVMID, isInternal: Bool,
    attributes: String, sizeBytes: Int, mappingName: String, layout: String, role: String,
    tags: [String], hasAutoactivation: Bool?, skipsActivation: Bool, createdAt: Timestamp?,
    creationHost: String, poolName: String?, origin: String?, health: String, transactionID: Int?,
    segments: [Segment], location: SourceLocation
  ) {
    self.init(
      Traits(
        groupName: groupName, groupID: groupID, attributes: attributes, layout: layout, role: role,
        creationHost: creationHost, poolName: poolName, origin: origin, health: health),
      name: name, id: id, isInternal: isInternal, sizeBytes: sizeBytes, mappingName: mappingName,
      tags: tags, hasAutoactivation: hasAutoactivation, skipsActivation: skipsActivation,
      createdAt: createdAt, transactionID: transactionID, segments: segments, location: location)
  }
}

extension LogicalVolume {
  @inlinable public var groupName: String { traits.groupName }
  @inlinable public var groupID: LVMID { traits.groupID }
  /// `lv_attr`, ten characters of which only the metadata's are meaningful under `--readonly`.
  @inlinable public var attributes: String { traits.attributes }
  @inlinable public var layout: String { traits.layout }
  @inlinable public var role: String { traits.role }
  /// The host that made it; empty when unknown.
  @inlinable public var creationHost: String { traits.creationHost }
  /// The pool of a thin volume, without brackets; nil for any other.
  @inlinable public var poolName: String? { traits.poolName }
  /// The origin of a snapshot or thin clone.
  @inlinable public var origin: String? { traits.origin }
  @inlinable public var health: String { traits.health }

  public var identity: VolumeIdentity { VolumeIdentity(group: groupID, volume: id) }
}

extension LogicalVolume {
  /// The thin pool that the volume is of; the pool of a cached, write-cached or VDO volume is another thing.
  ///
  /// Source: lvs(8), `lv_attr` 1; lvmcache(7).
  public var thinPoolName: String? { isThin ? poolName : nil }

  /// Whether it is thin. `V` says so; that of a snapshot's origin, or of one that is merged, says `o`, `O` or `S`.
  public var isThin: Bool {
    switch attributes.utf8.first {
    case UInt8(ascii: "V"): true
    case UInt8(ascii: "o"), UInt8(ascii: "O"), UInt8(ascii: "S"):
      segments.contains { $0.type == "thin" }
    default: false
    }
  }
}

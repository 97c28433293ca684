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

  /// Returns another object that says the same.
  public func copy() -> VolumeGroup {
    VolumeGroup(
      name: name, id: id, extentSizeBytes: extentSizeBytes, sizeBytes: sizeBytes,
      freeBytes: freeBytes, sequenceNumber: sequenceNumber,
      physicalVolumeCount: physicalVolumeCount, volumeCount: volumeCount,
      missingPhysicalVolumeCount: missingPhysicalVolumeCount, isPartial: isPartial,
      isExported: isExported, systemID: systemID, lockType: lockType, location: location)
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

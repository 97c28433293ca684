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

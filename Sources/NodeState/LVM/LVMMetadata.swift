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

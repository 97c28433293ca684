import NodeState

/// A volume by its group and name: what LVM has, who names it, and which mappings bear its name or uuid.
public struct VolumeExplanation: Sendable {
  public let path: VolumePath
  /// What `lvs` printed; several where two groups have one name.
  public let volumes: [LogicalVolume]
  /// Why the metadata of its group proves nothing; nil where it does.
  public let distrust: String?
  public let references: [ResolvedReference]
  public let missing: [MissingDisk]
  public let mappings: [MappingExplanation]
}

/// One storage of `storage.cfg`, as PVE's own parser would have it.
///
/// Source: pve-common `SectionConfig.pm`, pve-storage `Plugin.pm`.
public final class Storage: Sendable {
  public let id: String
  /// Lower case: `lvm`, `lvmthin`, `dir`, …
  public let type: String
  /// Only of `lvm` and `lvmthin`.
  public let volumeGroup: String?
  /// Only of `lvmthin`.
  public let thinPool: String?
  /// Whether its volumes are the same on all its nodes: declared for `lvm`, by type for others.
  public let isShared: Bool
  /// The nodes it is limited to; nil means all.
  public let nodes: [String]?
  public let isDisabled: Bool
  public let wipesRemovedVolumes: Bool
  public let usesVolumeChains: Bool
  public let location: SourceLocation

  public init(
    id: String, type: String, volumeGroup: String?, thinPool: String?, isShared: Bool,
    nodes: [String]?, isDisabled: Bool, wipesRemovedVolumes: Bool, usesVolumeChains: Bool,
    location: SourceLocation
  ) {
    self.id = id
    self.type = type
    self.volumeGroup = volumeGroup
    self.thinPool = thinPool
    self.isShared = isShared
    self.nodes = nodes
    self.isDisabled = isDisabled
    self.wipesRemovedVolumes = wipesRemovedVolumes
    self.usesVolumeChains = usesVolumeChains
    self.location = location
  }
}

extension Storage {
  /// Whether it is not limited to other nodes; it may be switched off.
  public func isOf(node name: String) -> Bool { nodes?.contains(name) ?? true }
}

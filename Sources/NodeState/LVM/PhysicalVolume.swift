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

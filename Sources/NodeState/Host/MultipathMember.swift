/// A path of a multipath map. Source: `multipath -ll`.
public struct MultipathMember: Hashable, Sendable {
  public let map: String
  public let device: DeviceNumber
  public let location: SourceLocation
  public init(map: String, device: DeviceNumber, location: SourceLocation) {
    self.map = map
    self.device = device
    self.location = location
  }
}

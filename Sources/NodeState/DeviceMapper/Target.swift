/// One line of a mapping's table: a range of its sectors and where they are.
public struct Target: Hashable, Sendable {
  /// First sector, of 512 bytes.
  public let startSector: Int
  public let sectorCount: Int
  public let kind: Kind
  /// The line of `dmsetup-table`.
  public let location: SourceLocation

  public enum Kind: Hashable, Sendable {
    case linear(Extent)
    case striped(chunkSectors: Int, [Extent])
    case thin(pool: DeviceNumber, id: Int, externalOrigin: DeviceNumber?)
    case thinPool(metadata: DeviceNumber, data: DeviceNumber)
    case error
    case zero
    /// Any other type, by its name, with the devices that its parameters name as `major:minor`.
    case other(type: String, devices: [DeviceNumber])

    /// What device mapper calls it.
    public var typeName: String {
      switch self {
      case .linear: "linear"
      case .striped: "striped"
      case .thin: "thin"
      case .thinPool: "thin-pool"
      case .error: "error"
      case .zero: "zero"
      case .other(let type, _): type
      }
    }
  }

  /// Where a target's sectors start on a device.
  public struct Extent: Hashable, Sendable {
    public let device: DeviceNumber
    public let startSector: Int
    public init(device: DeviceNumber, startSector: Int) {
      self.device = device
      self.startSector = startSector
    }
  }

  public init(startSector: Int, sectorCount: Int, kind: Kind, location: SourceLocation) {
    self.startSector = startSector
    self.sectorCount = sectorCount
    self.kind = kind
    self.location = location
  }
}

/// One device-mapper device, as the kernel has it.
///
/// Source: `dmsetup info -c`, `dmsetup table`, `dmsetup deps` (dmsetup(8)).
public final class Mapping: Sendable {
  /// The name, mangled: bytes outside `0-9A-Za-z#+-.:=@_` stand as `\xNN`. 1 to 127 bytes before mangling.
  public let name: String
  /// Nil for a mapping that was made without one.
  public let uuid: MappingUUID?
  public let device: DeviceNumber
  /// How often it is open, by processes, mounts, swap and mappings stacked on it.
  public let openCount: Int
  public let attributes: Attributes
  /// The live table in sector order; empty without one. Unavailable when the table's source is.
  public let table: Observed<[Target]>
  /// The devices that the live table lies on, by the kernel's word or else by the table.
  public let dependencies: [DeviceNumber]
  /// The line of `dmsetup-info`.
  public let location: SourceLocation

  /// The four characters of `dmsetup info -c`'s `attr`.
  public struct Attributes: Hashable, Sendable {
    public var hasLiveTable: Bool
    public var hasInactiveTable: Bool
    public var isSuspended: Bool
    public var isReadOnly: Bool
    public init(
      hasLiveTable: Bool, hasInactiveTable: Bool, isSuspended: Bool, isReadOnly: Bool
    ) {
      self.hasLiveTable = hasLiveTable
      self.hasInactiveTable = hasInactiveTable
      self.isSuspended = isSuspended
      self.isReadOnly = isReadOnly
    }
  }

  public init(
    name: String, uuid: MappingUUID?, device: DeviceNumber, openCount: Int, attributes: Attributes,
    table: Observed<[Target]>, dependencies: [DeviceNumber], location: SourceLocation
  ) {
    self.name = name
    self.uuid = uuid
    self.device = device
    self.openCount = openCount
    self.attributes = attributes
    self.table = table
    self.dependencies = dependencies
    self.location = location
  }
}

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

/// One device-mapper device, as the kernel has it.
///
/// Source: `dmsetup info -c`, `dmsetup table`, `dmsetup deps` (dmsetup(8)).
public final class Mapping: Sendable {
  /// The name, mangled: bytes outside `0-9A-Za-z#+-.:=@_` stand as `\xNN`. 1 to 127 bytes before mangling.
  public let name: String
  /// What the kernel takes of a name, and LVM of a volume's. Source: `DM_NAME_LEN` in `linux/dm-ioctl.h`, lvm(8).
  public static let maximumNameBytes = 127
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

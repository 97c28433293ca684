/// A block device's number, printed by the kernel as `major:minor`.
///
/// Source: `dev_t`, Linux `include/linux/kdev_t.h`; `dmsetup info` columns `Maj` and `Min`.
public struct DeviceNumber: Hashable, Comparable, Sendable {
  /// The driver, 0 to 4,095.
  public let major: UInt32
  /// The device within its driver, 0 to 1,048,575.
  public let minor: UInt32

  public init(major: UInt32, minor: UInt32) {
    self.major = major
    self.minor = minor
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(UInt64(major) << 32 | UInt64(minor))
  }

  public static func < (left: DeviceNumber, right: DeviceNumber) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }
}

extension DeviceNumber {
  /// The disk of a partition of a SCSI disk, which has sixteen numbers: itself and fifteen partitions. Any
  /// other device is itself.
  ///
  /// Source: Linux `Documentation/admin-guide/devices.txt`, majors 8, 65 to 71 and 128 to 135.
  public var wholeDisk: DeviceNumber {
    isOfSCSIDisk ? DeviceNumber(major: major, minor: minor & ~15) : self
  }

  /// A partition of a SCSI disk by its number, from 1 on; nil where this is no such disk or the number is
  /// beyond the fifteenth.
  public func partition(_ number: Int) -> DeviceNumber? {
    guard isOfSCSIDisk, minor & 15 == 0, (1...15).contains(number) else { return nil }
    return DeviceNumber(major: major, minor: minor + UInt32(number))
  }

  private var isOfSCSIDisk: Bool {
    major == 8 || (65...71).contains(major) || (128...135).contains(major)
  }
}

extension DeviceNumber: LosslessStringConvertible {
  /// Reads `253:7`; nil for any other form, and for numbers that Linux does not give.
  public init?(_ text: String) {
    let bytes = text.utf8.span
    guard let device = bytes.device(0..<bytes.count) else { return nil }
    self = device
  }

  public var description: String { String(major) + ":" + String(minor) }
}

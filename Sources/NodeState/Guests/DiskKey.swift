/// A key under which a configuration names a volume.
enum DiskKey: UInt8 {
  case ide
  case scsi
  case virtio
  case sata
  case efidisk
  case tpmstate
  case unused
  case rootfs
  case mountPoint

  /// The keys of a virtual machine that PVE knows: `ide0`-`ide3`, `scsi0`-`scsi30`, …; nil for any
  /// other, also for one past the range.
  ///
  /// Source: qemu-server `Drive.pm`.
  static func ofMachine(_ bytes: Span<UInt8>, _ key: Range<Int>) -> DiskKey? {
    guard key.count > 3, bytes[key.upperBound - 1].isDigit else { return nil }
    switch bytes[key.lowerBound] {
    case UInt8(ascii: "i"): return indexed(bytes, key, "ide", .ide, 3)
    case UInt8(ascii: "v"): return indexed(bytes, key, "virtio", .virtio, 15)
    case UInt8(ascii: "e"): return indexed(bytes, key, "efidisk", .efidisk, 0)
    case UInt8(ascii: "t"): return indexed(bytes, key, "tpmstate", .tpmstate, 0)
    case UInt8(ascii: "u"): return indexed(bytes, key, "unused", .unused, 255)
    case UInt8(ascii: "s"):
      return indexed(bytes, key, "scsi", .scsi, 30) ?? indexed(bytes, key, "sata", .sata, 5)
    default: return nil
    }
  }

  /// The keys of a container: `rootfs`, `mp0`-`mp255`, `unused0`-`unused255`.
  ///
  /// Source: pve-container `LXC/Config.pm`.
  static func ofContainer(_ bytes: Span<UInt8>, _ key: Range<Int>) -> DiskKey? {
    if bytes.equals(key, "rootfs") { return .rootfs }
    return indexed(bytes, key, "mp", .mountPoint, 255)
      ?? indexed(bytes, key, "unused", .unused, 255)
  }

  private static func indexed(
    _ bytes: Span<UInt8>, _ key: Range<Int>, _ prefix: StaticString, _ kind: DiskKey, _ limit: Int
  ) -> DiskKey? {
    guard bytes.starts(key, with: prefix) else { return nil }
    let digits = (key.lowerBound + prefix.utf8CodeUnitCount)..<key.upperBound
    guard let index = bytes.integer(digits), index <= limit else { return nil }
    return digits.count == 1 || bytes[digits.lowerBound] != UInt8(ascii: "0") ? kind : nil
  }
}

/// A key under which a configuration names a volume.
enum DiskKey: Hashable {
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
    indexed(
      bytes, key,
      [
        ("ide", .ide, 3), ("scsi", .scsi, 30), ("virtio", .virtio, 15), ("sata", .sata, 5),
        ("efidisk", .efidisk, 0), ("tpmstate", .tpmstate, 0), ("unused", .unused, 255),
      ])
  }

  /// The keys of a container: `rootfs`, `mp0`-`mp255`, `unused0`-`unused255`.
  ///
  /// Source: pve-container `LXC/Config.pm`.
  static func ofContainer(_ bytes: Span<UInt8>, _ key: Range<Int>) -> DiskKey? {
    if bytes.equals(key, "rootfs") { return .rootfs }
    return indexed(bytes, key, [("mp", .mountPoint, 255), ("unused", .unused, 255)])
  }

  private static func indexed(
    _ bytes: Span<UInt8>, _ key: Range<Int>, _ kinds: [(StaticString, DiskKey, Int)]
  ) -> DiskKey? {
    guard key.count > 2, bytes[key.upperBound - 1].isDigit else { return nil }
    for (prefix, kind, limit) in kinds where bytes.starts(key, with: prefix) {
      let digits = (key.lowerBound + prefix.utf8CodeUnitCount)..<key.upperBound
      guard let index = bytes.integer(digits), index <= limit else { return nil }
      return digits.count == 1 || bytes[digits.lowerBound] != UInt8(ascii: "0") ? kind : nil
    }
    return nil
  }
}

/// How PVE names storages, groups and nodes.
///
/// Source: pve-common `JSONSchema.pm`, formats `pve-storage-id` and `pve-node`; pve-storage
/// `Plugin.pm`, `parse_lvm_name`.
enum PVEName {
  /// `[a-z][a-z0-9\-_.]*[a-z0-9]`, of either case.
  static func isStorageID(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    isGroupName(bytes, range) && bytes[range.lowerBound].isLetter
  }

  /// `[a-z0-9][a-z0-9\-_.]*[a-z0-9]`, of either case.
  static func isGroupName(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count >= 2, isAlphanumeric(bytes[range.lowerBound]),
      isAlphanumeric(bytes[range.upperBound - 1])
    else { return false }
    for index in range where !isStorageIDByte(bytes[index]) { return false }
    return true
  }

  /// `[a-z0-9]([a-z0-9\-]*[a-z0-9])?`, of either case.
  static func isNodeName(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard !range.isEmpty, isAlphanumeric(bytes[range.lowerBound]),
      isAlphanumeric(bytes[range.upperBound - 1])
    else { return false }
    for index in range where !isAlphanumeric(bytes[index]) && bytes[index] != UInt8(ascii: "-") {
      return false
    }
    return true
  }

  /// `[a-z][a-z0-9_\-]+`, of either case: a snapshot's name.
  static func isSnapshotName(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count >= 2, bytes[range.lowerBound].isLetter else { return false }
    for index in range
    where !isAlphanumeric(bytes[index]) && bytes[index] != UInt8(ascii: "-")
      && bytes[index] != UInt8(ascii: "_")
    {
      return false
    }
    return true
  }

  static func isStorageIDByte(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: ".")
  }

  static func isAlphanumeric(_ byte: UInt8) -> Bool { byte.isLetter || byte.isDigit }
}

extension VolumeID {
  /// Reads `local-lvm:vm-100-disk-0`; nil for any other form.
  ///
  /// Source: pve-storage `Plugin.pm`, `parse_volume_id`.
  init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":"), in: range),
      colon + 1 < range.upperBound, PVEName.isStorageID(bytes, range.lowerBound..<colon)
    else { return nil }
    self.init(
      storage: bytes.text(range.lowerBound..<colon),
      volume: bytes.text((colon + 1)..<range.upperBound))
  }
}

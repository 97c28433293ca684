/// What is kept of redacted text: names of devices and guest volumes, since a volume that is only
/// mentioned somewhere must not be called forgotten.
enum KeptTokens {
  /// Returns device paths, `/dev/pve/vm-100-disk-0`, and guest volumes, `local-lvm:vm-100-disk-0`,
  /// in the order of the text.
  static func all(in text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    runs(in: text).compactMap { devicePath(in: $0) ?? guestVolume(in: $0) }
  }

  /// Returns the device paths alone.
  static func devicePaths(in text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    runs(in: text).compactMap { devicePath(in: $0) }
  }

  /// Whether a value names a device or a volume, and so is no secret: `passphrase=/dev/vg/key`,
  /// `0000:03:00.0`, `ata-WDC_WD40EFRX`.
  static func isPublic(_ value: ArraySlice<UInt8>) -> Bool {
    guard value.count <= publicBytes else { return false }
    if all(in: value).first == value { return true }
    // What stands behind a storage that is called like a secret: token:vm-100-disk-0.
    let name = value.lastIndex(of: UInt8(ascii: "/")).map { value[($0 + 1)...] } ?? value
    if isGuestsVolume(name) { return true }
    if linkPrefixes.contains(where: { value.starts(with: $0) }) { return true }
    // A PCI address: DOMAIN:BUS:DEVICE.FUNCTION.
    let parts = value.split(omittingEmptySubsequences: false) { ":.".utf8.contains($0) }
    return (3...4).contains(parts.count) && parts.last?.count == 1
      && parts.dropLast().allSatisfy { (2...4).contains($0.count) }
      && value.allSatisfy { $0.isHexDigit || ":.".utf8.contains($0) }
      && value.contains(UInt8(ascii: ":"))
  }

  /// How long a name of a device or volume may be: a link's is at most 255, its folder comes before.
  /// What is longer is taken for a secret, and costs nothing to look at.
  private static let publicBytes = 320

  /// How the links in `/dev/disk/by-id` begin. Source: udev's `60-persistent-storage.rules`.
  private static let linkPrefixes = [
    "ata-", "scsi-", "nvme-", "wwn-0x", "usb-", "virtio-", "md-uuid-", "dm-uuid-", "dm-name-",
    "lvm-pv-uuid-",
  ].map { Array($0.utf8) }

  private static func runs(in text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    text.split { !isTokenByte($0) }
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    byte.isWordByte || "+_.@:/-".utf8.contains(byte)
  }

  private static let deviceFolder = Array("/dev/".utf8)

  private static func devicePath(in run: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let range = run.firstRange(of: deviceFolder), range.upperBound < run.endIndex else {
      return nil
    }
    return run[range.lowerBound...]
  }

  /// A storage's id, a colon, perhaps folders, and a name that begins as PVE's volumes do and holds
  /// a number.
  private static func guestVolume(in run: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let colon = run.lastIndex(of: UInt8(ascii: ":")) else { return nil }
    let before = run[..<colon]
    let storage = before.lastIndex(of: UInt8(ascii: ":")).map { before[($0 + 1)...] } ?? before
    let rest = run[(colon + 1)...]
    let name = rest.lastIndex(of: UInt8(ascii: "/")).map { rest[($0 + 1)...] } ?? rest
    guard storage.count > 1, storage.first?.isLetter == true, !storage.contains(UInt8(ascii: "/")),
      rest.first != UInt8(ascii: "/"),
      beginsAsVolume(name), name.contains(where: { $0.isDigit })
    else { return nil }
    return run[storage.startIndex...]
  }

  /// `vm-100-…`, `base-100-…`, and what PVE makes of them: `snap_vm-100-…`, `del-vm-100-…`.
  private static func beginsAsVolume(_ name: ArraySlice<UInt8>) -> Bool {
    isGuestsVolume(name) || ["snap_", "snap-", "del-"].contains { name.starts(with: $0.utf8) }
  }

  private static func isGuestsVolume(_ name: ArraySlice<UInt8>) -> Bool {
    ["vm-", "base-"].contains {
      name.starts(with: $0.utf8) && name.dropFirst($0.utf8.count).first?.isDigit == true
    }
  }
}

extension UInt8 {
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
  var isWordByte: Bool { isDigit || isLetter }
  /// A blank or tab, or what else ends a word in a line.
  var isBlank: Bool { self == UInt8(ascii: " ") || (9...13).contains(self) }
  /// The letter in lower case; another byte as it is.
  var lowered: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self }
}

extension ArraySlice<UInt8> {
  /// Without blanks and line ends on both sides.
  var trimmed: ArraySlice<UInt8> {
    guard let first = firstIndex(where: { !$0.isBlank }),
      let last = lastIndex(where: { !$0.isBlank })
    else { return self[endIndex...] }
    return self[first...last]
  }

  /// The bytes that `%41` and the like stand for.
  var percentDecoded: [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(count)
    var position = startIndex
    while position < endIndex {
      if self[position] == UInt8(ascii: "%"), position + 2 < endIndex,
        let byte = UInt8(
          String(decoding: self[(position + 1)...(position + 2)], as: UTF8.self), radix: 16)
      {
        result.append(byte)
        position += 3
      } else {
        result.append(self[position])
        position += 1
      }
    }
    return result
  }
}

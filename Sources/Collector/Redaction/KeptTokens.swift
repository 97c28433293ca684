import BundleFormat

/// What is kept of redacted text: names of devices and guest volumes, since a volume that is only
/// mentioned somewhere must not be called forgotten.
enum KeptTokens {
  /// Returns device paths, `/dev/pve/vm-100-disk-0`, and guest volumes, `local-lvm:vm-100-disk-0`,
  /// in the order of the text, also of texts that join them: `/dev/a/x:/dev/b/y`.
  static func all(in text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    tokens(in: text, withVolumes: true)
  }

  /// Returns the device paths alone.
  static func devicePaths(in text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    tokens(in: text, withVolumes: false)
  }

  /// Whether a value names a device or a volume, and so is no secret: `passphrase=/dev/vg/key`,
  /// `0000:03:00.0`, `ata-WDC_WD40EFRX`.
  static func isPublic(_ value: ArraySlice<UInt8>) -> Bool {
    guard value.count <= publicBytes else { return false }
    if all(in: value).contains(value) { return true }
    // What stands behind a storage that is called like a secret: token:vm-100-disk-0.
    let names = value.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let areVolumes = names.allSatisfy { isVolume($0) || $0.allSatisfy(\.isDigit) }
    if areVolumes && names.last.map(isVolume) == true { return true }
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
  static let publicBytes = 320

  /// How the links in `/dev/disk/by-id` begin. Source: udev's `60-persistent-storage.rules`.
  private static let linkPrefixes = [
    "ata-", "scsi-", "nvme-", "wwn-0x", "usb-", "virtio-", "md-uuid-", "dm-uuid-", "dm-name-",
    "lvm-pv-uuid-",
  ].map { Array($0.utf8) }

  private static func tokens(
    in text: ArraySlice<UInt8>, withVolumes: Bool
  ) -> [ArraySlice<UInt8>] {
    var found: [ArraySlice<UInt8>] = []
    if let plain = EscapedSlashes.plain(text.span) {
      found = tokens(in: plain[...], withVolumes: withVolumes)
    }
    for run in text.split(whereSeparator: { !OddDevicePaths.isTokenByte($0) }) {
      let starts = deviceStarts(in: run, of: text)
      var searched = run.startIndex
      for (index, start) in starts.enumerated() {
        if withVolumes { found += volumes(in: run, searched..<start) }
        let end = index + 1 < starts.count ? starts[index + 1] : run.endIndex
        let path = path(run[start..<end], isLast: end == run.endIndex)
        found += path.names
        searched = path.end
      }
      if withVolumes { found += volumes(in: run, searched..<run.endIndex) }
    }
    let odd = OddDevicePaths.all(in: text.span)
    if odd.isEmpty { return found }
    // What goes on behind a path that was kept, and only that: the end of a URL is none.
    let kept = Set(found)
    return found
      + odd.filter { path in
        let start = OddDevicePaths.plainStart(of: path)
        return kept.contains(start) || kept.contains(start.prefix { !":@".utf8.contains($0) })
      }.map { $0[...] }
  }

  // MARK: Device paths

  private static let deviceFolder = Array("/dev/".utf8)

  /// Where paths of devices begin in a run of bytes without blanks.
  private static func deviceStarts(
    in run: ArraySlice<UInt8>, of text: ArraySlice<UInt8>
  ) -> [Int] {
    var starts: [Int] = []
    var rest = run
    while let range = rest.firstRange(of: deviceFolder), range.upperBound < run.endIndex {
      if beginsWord(range.lowerBound, in: run, of: text) { starts.append(range.lowerBound) }
      rest = run[(range.upperBound - 1)...]
    }
    return starts
  }

  /// Whether a path is no part of another, and of no URL: `https://git.example/dev/…`.
  private static func beginsWord(
    _ start: Int, in run: ArraySlice<UInt8>, of text: ArraySlice<UInt8>
  ) -> Bool {
    let slashes = run[..<start].reversed().prefix { $0 == UInt8(ascii: "/") }.count
    let first = start - slashes
    guard first > text.startIndex else { return true }
    let before = text[first - 1]
    // Behind a scheme's two slashes stands a host, file:///dev/… has none.
    if before == UInt8(ascii: ":") { return slashes != 1 }
    if first == run.startIndex { return !"~}]".utf8.contains(before) }
    // The letter of \n in JSON is a line's end.
    if slashes == 0, first - 1 == run.startIndex, first - 1 > text.startIndex {
      if text[first - 2] == UInt8(ascii: "\\") && "nrt".utf8.contains(before) { return true }
    }
    return slashes == 0 && "+@-".utf8.contains(before)
  }

  /// The path and, where something may be joined to it, the path without that; and where it ends.
  private static func path(
    _ text: ArraySlice<UInt8>, isLast: Bool
  ) -> (names: [ArraySlice<UInt8>], end: Int) {
    var whole = text
    while !isLast, let last = whole.last, ":/@+-".utf8.contains(last) { whole = whole.dropLast() }
    let joint = whole.firstIndex { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "@") }
    guard let joint, joint > whole.startIndex + deviceFolder.count else {
      return ([whole], whole.endIndex)
    }
    let name = whole[..<joint]
    // Only names that LVM doesn't give may hold a colon: pci-0000:03:00.0-…
    let folder = whole.dropFirst(deviceFolder.count)
    if folder.starts(with: "disk/by-path/".utf8) { return ([whole], joint) }
    let isOther = ["block/", "disk/", "mapper/", "zvol/"].contains { folder.starts(with: $0.utf8) }
    return (isOther ? [name, whole] : [name], joint)
  }

  // MARK: Guests' volumes

  /// The volumes that guests' configurations name with their storage: `STORAGE:VOLUME`.
  private static func volumes(
    in run: ArraySlice<UInt8>, _ range: Range<Int>
  ) -> [ArraySlice<UInt8>] {
    range.filter { run[$0] == UInt8(ascii: ":") }.compactMap { volume(at: $0, in: run) }
  }

  /// A storage's id, a colon, perhaps folders, and a name as PVE gives it to a guest's volume.
  private static func volume(
    at colon: Int, in run: ArraySlice<UInt8>
  ) -> ArraySlice<UInt8>? {
    var start = colon
    while start > run.startIndex, run[start - 1].isNameByte { start -= 1 }
    while start < colon, !run[start].isLetter { start += 1 }
    let rest = run[(colon + 1)...].prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "@") }
    guard colon - start > 1, rest.first != UInt8(ascii: "/"),
      let name = rest.split(separator: UInt8(ascii: "/")).last(where: isVolume)
    else { return nil }
    return run[start..<name.endIndex]
  }

  /// `vm-100-…`, `base-100-…`, and what PVE makes of them: `snap_vm-100-…`, `del-vm-100-…`.
  private static func isVolume(_ name: ArraySlice<UInt8>) -> Bool {
    var name = name
    for prefix in ["del-", "snap_", "snap-"] where name.starts(with: prefix.utf8) {
      name = name.dropFirst(prefix.utf8.count)
    }
    return ["vm-", "base-", "subvol-", "basevol-"].contains { prefix in
      guard name.starts(with: prefix.utf8) else { return false }
      let rest = name.dropFirst(prefix.utf8.count)
      let number = rest.prefix { $0.isDigit }
      return !number.isEmpty && rest.dropFirst(number.count).first == UInt8(ascii: "-")
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

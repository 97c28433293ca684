import BundleFormat
import NodeState

/// What a volume's name says of it: whose it is, and which kind.
///
/// Source: pve-storage `LVMPlugin.pm`, `LvmThinPlugin.pm` (names that PVE gives).
public struct GuestVolumeName: Hashable, Sendable {
  public let guest: GuestID
  public let kind: Kind

  public enum Kind: Hashable, Sendable {
    case disk
    /// A template's, `base-ID-disk-N`.
    case base
    /// `snap_VOLUME_SNAPSHOT`; `isChain` for the `.qcow2` of a volume chain.
    case snapshot(isChain: Bool)
    /// `vm-ID-fleece-N`.
    case fleecing
    /// `del-VOLUME`: being wiped.
    case wiping
  }

  /// Reads a logical volume's name; nil when no guest's disk is called so.
  public init?(volume name: String) {
    var name = name
    let found = name.withUTF8 { Self.read($0.span) }
    guard let found else { return nil }
    self = found
  }

  private init(_ guest: GuestID, _ kind: Kind) {
    self.guest = guest
    self.kind = kind
  }

  private static func read(_ name: Span<UInt8>) -> GuestVolumeName? {
    var start = 0
    var (isWiping, isSnapshot) = (false, false)
    // Nearly every name begins with "vm-", and of a "b" only a template's can follow.
    if name.count > 0, name[0] != UInt8(ascii: "v"), name[0] != UInt8(ascii: "b") {
      while skip("del-", at: &start, of: name) { isWiping = true }
      isSnapshot = skip("snap_", at: &start, of: name)
    }
    let isBase = skip("base-", at: &start, of: name)
    guard isBase || skip("vm-", at: &start, of: name),
      let (guest, end) = guest(at: start, of: name), end + 1 < name.count,
      name[end] == UInt8(ascii: "-")
    else { return nil }
    if isWiping { return GuestVolumeName(guest, .wiping) }
    if isSnapshot {
      return GuestVolumeName(guest, .snapshot(isChain: has(".qcow2", at: name.count - 6, of: name)))
    }
    if isBase { return GuestVolumeName(guest, .base) }
    return GuestVolumeName(guest, has("-fleece-", at: end, of: name) ? .fleecing : .disk)
  }

  /// Goes on behind a text that stands at a place; false, without a step, where there is another.
  @inline(__always)
  private static func skip(
    _ text: StaticString, at start: inout Int, of name: Span<UInt8>
  ) -> Bool {
    guard has(text, at: start, of: name) else { return false }
    start += text.utf8CodeUnitCount
    return true
  }

  @inline(__always)
  private static func has(_ text: StaticString, at start: Int, of name: Span<UInt8>) -> Bool {
    guard start >= 0, name.count - start >= text.utf8CodeUnitCount else { return false }
    // The range was checked.
    var offset = 0
    while offset < text.utf8CodeUnitCount {
      if name[unchecked: start &+ offset] != text.utf8Start[offset] { return false }
      offset &+= 1
    }
    return true
  }

  /// Reads all digits from a place on: a guest's number, without a leading zero.
  private static func guest(
    at start: Int, of name: Span<UInt8>
  ) -> (guest: GuestID, end: Int)? {
    var (number, end) = (0, start)
    while end < name.count, case let digit = name[end] &- UInt8(ascii: "0"), digit < 10 {
      // More digits than nine are no guest's.
      if end - start == 9 { return nil }
      number = number * 10 + Int(digit)
      end += 1
    }
    guard end > start, name[start] != UInt8(ascii: "0"), let guest = GuestID(number) else {
      return nil
    }
    return (guest, end)
  }

  /// Finds a guest's disk name in a mapping's name that no volume group and volume can be read from:
  /// `test--vm--999--disk--0`, made by hand.
  public init?(within mappingName: String) {
    let bytes = Array(mappingName.utf8)
    for marker in ["vm--", "vm-", "base--", "base-"] {
      let pattern = Array(marker.utf8)
      var start = 0
      while start + pattern.count < bytes.count {
        defer { start += 1 }
        guard bytes[start..<start + pattern.count].elementsEqual(pattern) else { continue }
        if start > 0, Self.isAlphanumeric(bytes[start - 1]) { continue }
        let tail = bytes[(start + pattern.count)...]
        let digits = tail.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard let guest = GuestID(String(decoding: digits, as: UTF8.self)),
          tail.dropFirst(digits.count).first == UInt8(ascii: "-")
        else { continue }
        self.guest = guest
        kind = marker.hasPrefix("base") ? .base : .disk
        return
      }
    }
    return nil
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// Returns the name of the volume that holds a snapshot of `volume`.
  ///
  /// Source: pve-storage `LvmThinPlugin.pm` (`snap_VOLUME_SNAP`), `LVMPlugin.pm`
  /// (`snap_VOLUME_SNAP.qcow2`, the extension moved to the end).
  static func snapshotVolume(of volume: String, snapshot: String) -> String {
    guard volume.hasSuffix(".qcow2") else { return "snap_\(volume)_\(snapshot)" }
    return "snap_\(volume.dropLast(6))_\(snapshot).qcow2"
  }

  /// Returns the names that the volume may have whose snapshot one holds; none for a name that is no
  /// snapshot's.
  ///
  /// PVE gives volumes no `_`, but people do, and a snapshot may have one, too.
  static func volumes(ofSnapshot name: String) -> [String] {
    guard name.hasPrefix("snap_"), name.utf8.count <= Mapping.maximumNameBytes else { return [] }
    let rest = name.dropFirst(5)
    return rest.indices.filter { rest[$0] == "_" }.map {
      rest[..<$0] + (rest.hasSuffix(".qcow2") ? ".qcow2" : "")
    }
  }
}

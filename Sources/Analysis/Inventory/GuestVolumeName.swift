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
    var rest = name.utf8[...]
    let isWiping = rest.starts(with: "del-".utf8)
    while rest.starts(with: "del-".utf8) { rest = rest.dropFirst(4) }
    let isSnapshot = rest.starts(with: "snap_".utf8)
    if isSnapshot { rest = rest.dropFirst(5) }
    let isBase = rest.starts(with: "base-".utf8)
    guard isBase || rest.starts(with: "vm-".utf8) else { return nil }
    rest = rest.dropFirst(isBase ? 5 : 3)
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    let tail = rest.dropFirst(digits.count)
    guard let guest = GuestID(String(Substring(digits))), tail.first == UInt8(ascii: "-"),
      tail.count > 1
    else { return nil }
    self.guest = guest
    if isWiping {
      kind = .wiping
    } else if isSnapshot {
      kind = .snapshot(isChain: name.hasSuffix(".qcow2"))
    } else if isBase {
      kind = .base
    } else if tail.starts(with: "-fleece-".utf8) {
      kind = .fleecing
    } else {
      kind = .disk
    }
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
}

/// The uuid of a mapping: who made it, and for LVM's the very volume that it is.
///
/// Source: LVM2 `lib/activate/dev_manager.c` (`LVM-` + VG id + LV id + `-layer`); kpartx
/// `kpartx/devmapper.c`; multipath-tools `libmultipath/devmapper.h`.
public struct MappingUUID: Hashable, Sendable, CustomStringConvertible {
  /// The uuid as device mapper prints it, at most 128 bytes, mangled.
  public let description: String
  public let origin: Origin

  public enum Origin: Hashable, Sendable {
    /// A logical volume; `layer` is the suffix of an internal layer (`tpool`, `cow`, …), nil for the public device.
    case volume(VolumeIdentity, layer: String?)
    /// A kpartx partition of the mapping with the uuid `parent`.
    case partition(number: Int, parent: String)
    case multipath
    case crypt
    /// Any other tool's.
    case other
  }

  /// Reads a uuid; nil for the empty one.
  public init?(_ text: String) {
    guard !text.isEmpty else { return nil }
    description = text
    origin = Self.origin(of: text)
  }

  /// Takes a uuid's text and the same as bytes; nil for the empty one.
  ///
  /// Nearly all of them are LVM's, and those are read without a detour.
  init?(_ text: String, bytes: Span<UInt8>, _ range: Range<Int>) {
    guard !text.isEmpty else { return nil }
    description = text
    let ids = range.lowerBound + 4
    if range.count == 68, bytes.starts(range, with: "LVM-"),
      let group = LVMID(bytes, ids..<(ids + 32)), let volume = LVMID(bytes, (ids + 32)..<(ids + 64))
    {
      origin = .volume(VolumeIdentity(group: group, volume: volume), layer: nil)
    } else {
      origin = Self.origin(of: text)
    }
  }

  private static func origin(of text: String) -> Origin {
    if text.hasPrefix("LVM-") {
      let rest = text.utf8.dropFirst(4)
      guard rest.count >= 64, !rest.prefix(64).contains(UInt8(ascii: "-")),
        let group = LVMID(bytes: rest.prefix(32)),
        let volume = LVMID(bytes: rest.dropFirst(32).prefix(32))
      else { return .other }
      let identity = VolumeIdentity(group: group, volume: volume)
      let suffix = rest.dropFirst(64)
      if suffix.isEmpty { return .volume(identity, layer: nil) }
      guard suffix.first == UInt8(ascii: "-"), suffix.count > 1 else { return .other }
      return .volume(identity, layer: String(Substring(suffix.dropFirst())))
    }
    if text.hasPrefix("mpath-") { return .multipath }
    if text.hasPrefix("CRYPT-") { return .crypt }
    if text.hasPrefix("part"), let hyphen = text.firstIndex(of: "-"),
      let number = Int(text[text.index(text.startIndex, offsetBy: 4)..<hyphen]), number > 0
    {
      return .partition(number: number, parent: String(text[text.index(after: hyphen)...]))
    }
    return .other
  }

  /// The volume whose public device this is; nil for internal layers and other tools' mappings.
  public var publicVolume: VolumeIdentity? {
    guard case .volume(let identity, layer: nil) = origin else { return nil }
    return identity
  }
}

/// A logical volume's identity: its group's id and its own.
public struct VolumeIdentity: Hashable, Sendable {
  public let group: LVMID
  public let volume: LVMID
  public init(group: LVMID, volume: LVMID) {
    self.group = group
    self.volume = volume
  }
}

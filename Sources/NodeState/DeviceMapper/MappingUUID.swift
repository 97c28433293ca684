/// The uuid of a mapping: who made it, and for LVM's the very volume that it is.
///
/// Source: LVM2 `lib/activate/dev_manager.c` (`LVM-` + VG id + LV id + `-layer`); kpartx
/// `kpartx/devmapper.c`; multipath-tools `libmultipath/devmapper.h`.
public struct MappingUUID: Hashable, Sendable {
  /// Who made it.
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

  private let kind: Kind
  /// Of a logical volume.
  private let identity: VolumeIdentity?
  /// Empty for a volume's public device, of which the ids say it all: nearly every mapping is one, and
  /// is so kept without a text of its own.
  private let text: String

  private enum Kind { case publicVolume, layer, partition, multipath, crypt, other }

  /// Reads a uuid; nil for the empty one.
  public init?(_ text: String) {
    let bytes = text.utf8.span
    guard !bytes.isEmpty else { return nil }
    var identity: VolumeIdentity?
    if bytes.starts(0..<bytes.count, with: "LVM-") {
      identity = VolumeIdentity(following: 4, in: bytes)
      kind = identity == nil ? .other : bytes.count == 68 ? .publicVolume : .layer
    } else if bytes.starts(0..<bytes.count, with: "mpath-") {
      kind = .multipath
    } else if bytes.starts(0..<bytes.count, with: "CRYPT-") {
      kind = .crypt
    } else {
      kind = Self.partition(text) == nil ? .other : .partition
    }
    self.identity = identity
    self.text = kind == .publicVolume ? "" : text
  }

  /// The uuid of a volume's public device.
  public init(of identity: VolumeIdentity) {
    (kind, self.identity, text) = (.publicVolume, identity, "")
  }

  /// What the uuid says of its maker.
  public var origin: Origin {
    switch (kind, identity) {
    case (.publicVolume, let identity?): .volume(identity, layer: nil)
    case (.layer, let identity?): .volume(identity, layer: layer)
    case (.partition, _): Self.partition(text) ?? .other
    case (.multipath, _): .multipath
    case (.crypt, _): .crypt
    default: .other
    }
  }

  /// What stands behind the ids and the hyphen.
  private var layer: String { String(Substring(text.utf8.dropFirst(69))) }

  /// Reads `part1-UUID`; nil for any other form.
  private static func partition(_ text: String) -> Origin? {
    guard text.hasPrefix("part"), let hyphen = text.firstIndex(of: "-"),
      let number = Int(text[text.index(text.startIndex, offsetBy: 4)..<hyphen]), number > 0
    else { return nil }
    return .partition(number: number, parent: String(text[text.index(after: hyphen)...]))
  }

  /// The volume whose public device this is; nil for internal layers and other tools' mappings.
  public var publicVolume: VolumeIdentity? { kind == .publicVolume ? identity : nil }
}

extension MappingUUID: CustomStringConvertible {
  /// The uuid as device mapper prints it, at most 128 bytes, mangled.
  public var description: String {
    guard let volume = publicVolume else { return text }
    return String(unsafeUninitializedCapacity: 68) { bytes in
      let prefix: StaticString = "LVM-"
      for index in 0..<4 { bytes[index] = prefix.utf8Start[index] }
      volume.group.write(to: bytes, at: 4)
      volume.volume.write(to: bytes, at: 36)
      return 68
    }
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

extension VolumeIdentity {
  /// Reads the two ids of a uuid, behind which nothing stands or `-LAYER`.
  fileprivate init?(following start: Int, in uuid: Span<UInt8>) {
    let volume = start + 32
    let end = volume + 32
    guard uuid.count >= end, let group = LVMID(uuid, start..<volume),
      let id = LVMID(uuid, volume..<end),
      uuid.count == end || (uuid[end] == UInt8(ascii: "-") && uuid.count > end + 1)
    else { return nil }
    self.init(group: group, volume: id)
  }
}

import BundleFormat
import NodeState

/// Where LVM puts a volume: its group's and its own name.
public struct VolumePath: Hashable, Sendable {
  public let group: String
  public let volume: String
}

extension VolumePath {
  /// Whether a mapping's name is the one that LVM gives the volume, and names no other path.
  ///
  /// Source: ``MappingName``; a part that begins or ends with a hyphen, which LVM has none of, could be
  /// read in more than one way, so it never passes here.
  func isPlainly(_ mappingName: String) -> Bool {
    var (name, group, volume) = (mappingName, group, volume)
    return name.withUTF8 { name in
      guard
        let hyphen = group.withUTF8({ Self.end(of: $0, in: name, from: 0) }),
        hyphen < name.count, name[hyphen] == UInt8(ascii: "-")
      else { return false }
      return volume.withUTF8 { Self.end(of: $0, in: name, from: hyphen + 1) } == name.count
    }
  }

  /// Returns where a part ends in a name that doubles its hyphens; nil when the name has another part.
  private static func end(
    of part: UnsafeBufferPointer<UInt8>, in name: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Int? {
    let hyphen = UInt8(ascii: "-")
    guard part.count > 0, part[0] != hyphen, part[part.count - 1] != hyphen else { return nil }
    var position = start
    for index in part.indices {
      guard position < name.count, name[position] == part[index] else { return nil }
      position += 1
      if part[index] == hyphen {
        guard position < name.count, name[position] == hyphen else { return nil }
        position += 1
      }
    }
    return position
  }
}

extension VolumePath {
  /// What LVM names its layers by, such as `_rimage`; nil for a name that LVM gives no layer. It refuses to
  /// make another volume with such a name.
  ///
  /// Source: LVM2 `lib/misc/lvm-string.c`, `_lvname_has_reserved_string`.
  var layerName: String? {
    guard let first = volume.firstIndex(of: "_") else { return nil }
    let rest = volume[first...]
    return Self.layerNames.first { rest.contains($0) }
  }

  private static let layerNames = [
    "_cdata", "_cmeta", "_corig", "_cpool", "_cvol", "_wcorig", "_mimage", "_mlog", "_rimage",
    "_rmeta", "_tdata", "_tmeta", "_vdata", "_imeta", "_iorig", "_pmspare", "_vorigin",
  ]
}

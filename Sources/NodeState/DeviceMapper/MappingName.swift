/// A logical volume's name in device mapper, taken apart: `pve-vm--100--disk--0`.
///
/// Every hyphen within a part is doubled; a single one joins the parts.
/// Source: LVM2 `libdm/libdm-string.c`, `dm_split_lvm_name` and `dm_build_dm_name`.
public struct MappingName: Hashable, Sendable {
  public let group: String
  /// Empty for a name without a single hyphen: no volume's.
  public let volume: String
  /// `tpool`, `real`, `cow`, …; empty for a volume's public device.
  public let layer: String

  public init(group: String, volume: String, layer: String = "") {
    self.group = group
    self.volume = volume
    self.layer = layer
  }

  /// Takes a mapping's name apart, whoever made it.
  public init(decoding name: String) {
    var bytes = name.utf8[...]
    group = Self.part(&bytes)
    volume = Self.part(&bytes)
    layer = Self.part(&bytes)
  }

  /// Returns what stands before the first single hyphen, and leaves what stands behind it. A hyphen
  /// at the very end belongs to its part.
  private static func part(_ rest: inout Substring.UTF8View) -> String {
    var part: [UInt8] = []
    var index = rest.startIndex
    while index < rest.endIndex {
      let next = rest.index(after: index)
      if rest[index] == UInt8(ascii: "-"), next < rest.endIndex {
        guard rest[next] == UInt8(ascii: "-") else {
          rest = rest[next...]
          return String(decoding: part, as: UTF8.self)
        }
        index = next
      }
      part.append(rest[index])
      index = rest.index(after: index)
    }
    rest = rest[rest.endIndex...]
    return String(decoding: part, as: UTF8.self)
  }
}

extension MappingName: CustomStringConvertible {
  /// The name that LVM gives the mapping.
  public var description: String {
    let volume = "\(Self.quoting(group))-\(Self.quoting(volume))"
    if layer.isEmpty { return volume }
    return volume + (layer.hasPrefix("_") ? "" : "-") + Self.quoting(layer)
  }

  private static func quoting(_ part: String) -> String {
    guard part.utf8.contains(UInt8(ascii: "-")) else { return part }
    var text = ""
    for scalar in part.unicodeScalars {
      text.unicodeScalars.append(scalar)
      if scalar == "-" { text.unicodeScalars.append(scalar) }
    }
    return text
  }
}

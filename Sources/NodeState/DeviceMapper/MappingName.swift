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
    var name = name
    (group, volume, layer) = name.withUTF8 { bytes in
      var position = 0
      return (
        Self.part(of: bytes, from: &position), Self.part(of: bytes, from: &position),
        Self.part(of: bytes, from: &position)
      )
    }
  }

  /// Returns what stands before the next single hyphen, and goes on behind it. A hyphen at the very end
  /// belongs to its part.
  private static func part(
    of name: UnsafeBufferPointer<UInt8>, from position: inout Int
  ) -> String {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: name.count) { part in
      var count = 0
      while position < name.count {
        let byte = name[position]
        position += 1
        if byte == UInt8(ascii: "-"), position < name.count {
          guard name[position] == byte else { break }
          position += 1
        }
        part[count] = byte
        count += 1
      }
      return String(decoding: UnsafeBufferPointer(rebasing: part[..<count]), as: UTF8.self)
    }
  }
}

extension MappingName: CustomStringConvertible {
  /// The name that LVM gives the mapping.
  public var description: String {
    let capacity = 2 * (group.utf8.count + volume.utf8.count + layer.utf8.count + 1)
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { name in
      var count = 0
      func append(_ byte: UInt8) {
        name[count] = byte
        count += 1
      }
      func append(quoting part: String) {
        for byte in part.utf8 {
          append(byte)
          if byte == UInt8(ascii: "-") { append(byte) }
        }
      }
      append(quoting: group)
      append(UInt8(ascii: "-"))
      append(quoting: volume)
      if !layer.isEmpty {
        if !layer.hasPrefix("_") { append(UInt8(ascii: "-")) }
        append(quoting: layer)
      }
      return String(decoding: UnsafeBufferPointer(rebasing: name[..<count]), as: UTF8.self)
    }
  }
}

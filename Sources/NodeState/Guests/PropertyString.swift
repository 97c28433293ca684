/// A value of comma-separated properties: `local-lvm:vm-100-disk-0,iothread=1,size=64M`.
///
/// There is no quoting. A part without `=` is the value of the default property; an unknown or
/// repeated one, or one with a bad value, makes the whole worthless.
/// Source: pve-common `JSONSchema.pm`, `parse_property_string`.
struct PropertyString {
  /// The volume or path, from the default property.
  private(set) var file: Range<Int>?
  private(set) var isCDROM = false
  /// The other properties' names.
  private var names: [Range<Int>] = []

  /// Reads a value; nil when PVE would not take it.
  init?(_ bytes: Span<UInt8>, _ value: Range<Int>, of key: DiskKey) {
    let schema = PropertySchema.of(key)
    names.reserveCapacity(8)
    var parts = PartWalk(value, by: UInt8(ascii: ","))
    while let part = parts.next(in: bytes) {
      if bytes.trimmed(part).isEmpty { continue }
      guard let equals = bytes.firstIndex(of: UInt8(ascii: "="), in: part) else {
        guard file == nil else { return nil }
        file = part
        continue
      }
      let name = part.lowerBound..<equals
      let content = (equals + 1)..<part.upperBound
      guard !name.isEmpty, !content.isEmpty else { return nil }
      if schema.isDefault(bytes, name) {
        guard file == nil else { return nil }
        file = content
        continue
      }
      guard !has(name, in: bytes), let kind = schema.kind(of: name, in: bytes),
        kind.accepts(content, in: bytes)
      else { return nil }
      names.append(name)
      if bytes.equals(name, "media") { isCDROM = bytes.equals(content, "cdrom") }
    }
    guard file != nil, !contradictsItself(as: key, in: bytes) else { return nil }
  }

  private func has(_ name: Range<Int>, in bytes: Span<UInt8>) -> Bool {
    for other in names where bytes.equals(name, other, of: bytes) { return true }
    return false
  }

  private func has(_ name: StaticString, in bytes: Span<UInt8>) -> Bool {
    for other in names where bytes.equals(other, name) { return true }
    return false
  }

  /// Whether PVE's drive parser yields nothing for a line that its configuration reader takes: a
  /// limit for both directions beside one for a single one, or a CD-ROM with a disk's properties.
  ///
  /// Source: qemu-server `Drive.pm`, `parse_drive`.
  private func contradictsItself(as key: DiskKey, in bytes: Span<UInt8>) -> Bool {
    func both(_ whole: StaticString, _ read: StaticString, _ write: StaticString) -> Bool {
      has(whole, in: bytes) && (has(read, in: bytes) || has(write, in: bytes))
    }
    if isCDROM,
      key == .virtio || has("snapshot", in: bytes) || has("format", in: bytes)
    {
      return true
    }
    return names.count > 1
      && (both("mbps", "mbps_rd", "mbps_wr") || both("mbps_max", "mbps_rd_max", "mbps_wr_max")
        || both("iops", "iops_rd", "iops_wr") || both("iops_max", "iops_rd_max", "iops_wr_max")
        || both("bps", "bps_rd", "bps_wr") || both("mbps", "bps_rd", "bps_wr"))
  }
}

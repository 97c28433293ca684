/// A value of comma-separated properties: `local-lvm:vm-100-disk-0,iothread=1,size=64M`.
///
/// There is no quoting. A part without `=` is the value of the default property; an unknown or
/// repeated one, or one with a bad value, makes the whole worthless.
/// Source: pve-common `JSONSchema.pm`, `parse_property_string`.
struct PropertyString {
  /// The volume or path, from the default property.
  private(set) var file: Range<Int>?
  private(set) var isCDROM = false
  /// Which of the schema's other properties it has, a bit each.
  private var seen: UInt64 = 0
  /// The names of those that may be throughput limits.
  private var limits: [Range<Int>] = []
  /// Whether it has a property that a CD-ROM can't have.
  private var isOfDisk = false

  /// Reads a value; nil when PVE would not take it.
  ///
  /// - Parameter known: What stood behind the volume in values read before, and whether that made it a
  ///   CD-ROM: most disks of a node have the properties of others.
  init?(
    _ bytes: Span<UInt8>, _ value: Range<Int>, of key: DiskKey,
    knowing known: inout ShortTexts<Bool>
  ) {
    var properties: ShortText?
    if let comma = bytes.firstIndex(of: UInt8(ascii: ","), in: value),
      let file = PropertySchema.file(value.lowerBound..<comma, of: key, in: bytes)
    {
      properties = ShortText(bytes, comma..<value.upperBound, of: key.rawValue)
      if let isCDROM = properties.flatMap({ known[$0] }) {
        (self.file, self.isCDROM) = (file, isCDROM)
        return
      }
    }
    let schema = PropertySchema.of(key)
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
      if PropertySchema.isDefault(bytes, name, of: key) {
        guard file == nil else { return nil }
        file = content
        continue
      }
      guard let property = schema.firstIndex(of: name, in: bytes), seen >> property & 1 == 0,
        take(name, content, as: schema.properties[property].kind, in: bytes)
      else { return nil }
      seen |= 1 << property
    }
    guard file != nil, !contradictsItself(as: key, in: bytes) else { return nil }
    if let properties { known.keep(properties, meaning: isCDROM) }
  }

  /// Takes a property; false when it can't have such a value.
  private mutating func take(
    _ name: Range<Int>, _ content: Range<Int>, as kind: PropertySchema.Kind, in bytes: Span<UInt8>
  ) -> Bool {
    guard kind.accepts(content, in: bytes) else { return false }
    switch kind {
    case .number, .integer: limits.append(name)
    default: break
    }
    if bytes.equals(name, "media") {
      isCDROM = bytes.equals(content, "cdrom")
    } else if bytes.equals(name, "snapshot") || bytes.equals(name, "format") {
      isOfDisk = true
    }
    return true
  }

  private func has(_ name: StaticString, in bytes: Span<UInt8>) -> Bool {
    for other in limits where bytes.equals(other, name) { return true }
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
    if isCDROM, key == .virtio || isOfDisk { return true }
    return !limits.isEmpty
      && (both("mbps", "mbps_rd", "mbps_wr") || both("mbps_max", "mbps_rd_max", "mbps_wr_max")
        || both("iops", "iops_rd", "iops_wr") || both("iops_max", "iops_rd_max", "iops_wr_max")
        || both("bps", "bps_rd", "bps_wr") || both("mbps", "bps_rd", "bps_wr"))
  }
}

import BundleFormat

/// A mapping by the kernel's own list, taken in between the two readings of dmsetup.
///
/// Source: probe `sysfs-dm`, from `/sys/block/dm-*`.
public struct KernelMapping: Hashable, Sendable {
  /// Mangled, as ``Mapping/name`` is.
  public let name: String
  /// Empty for a mapping that was made without one.
  public let uuid: String
  public let device: DeviceNumber
  /// The devices stacked on it, of whatever driver.
  public let holders: [DeviceNumber]
  public let location: SourceLocation

  public init(
    name: String, uuid: String, device: DeviceNumber, holders: [DeviceNumber],
    location: SourceLocation
  ) {
    self.name = name
    self.uuid = uuid
    self.device = device
    self.holders = holders
    self.location = location
  }
}

extension KernelMapping {
  /// Reads the probe's lines.
  ///
  /// - Throws: ``ParseError`` when one is not of its form.
  static func parse(
    _ bytes: [UInt8], from origin: EntryOrigin
  ) throws(ParseError) -> [KernelMapping] {
    var mappings: [KernelMapping] = []
    for line in try JSONLines.parse(bytes, from: origin) {
      // A mapping that went while it was read has neither name nor number.
      guard let name = line["name"]?.string, line["device"]?.string != nil else { continue }
      guard case .array(let holders)? = line["holders"] else {
        throw line.expected("a list of holders")
      }
      mappings.append(
        KernelMapping(
          name: name, uuid: line["uuid"]?.string ?? "", device: try line.device("device"),
          holders: holders.compactMap { $0.string.flatMap { DeviceNumber($0) } },
          location: line.location))
    }
    return mappings
  }
}

extension NodeSnapshot {
  /// Reads the kernel's own list of mappings; nil where it can't be used.
  ///
  /// It is as long as dmsetup's and only a second witness, so it is read when asked for.
  public func readKernelMappings() -> [KernelMapping]? {
    var sources = SourceReader(bundle)
    return sources.read(.sysfsDM) { text throws(ParseError) in
      try KernelMapping.parse(text.bytes, from: text.origin)
    }.value
  }
}

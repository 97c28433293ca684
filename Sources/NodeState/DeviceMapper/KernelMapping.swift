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
  /// Which of the kernel's mappings are asked for.
  struct Selection {
    private let devices: Set<DeviceNumber>
    private let names: Set<String>
    private let lengths: Set<Int>

    init(devices: Set<DeviceNumber>, names: Set<String>) {
      self.devices = devices
      self.names = names
      lengths = Set(names.map(\.utf8.count))
    }

    func has(_ device: DeviceNumber, _ name: Range<Int>, in bytes: Span<UInt8>) -> Bool {
      devices.contains(device)
        || lengths.contains(name.count) && names.contains(bytes.text(name))
    }

    func has(_ mapping: KernelMapping) -> Bool {
      devices.contains(mapping.device) || names.contains(mapping.name)
    }
  }

  /// Reads the probe's lines.
  ///
  /// The whole list is looked through, since a list that is damaged anywhere proves nothing; but a value
  /// is made only of what was asked for.
  ///
  /// - Parameter selection: Nil for all.
  /// - Throws: ``ParseError`` when one line is not of its form.
  static func parse(
    _ content: [UInt8], from origin: EntryOrigin, selecting selection: Selection? = nil
  ) throws(ParseError) -> [KernelMapping] {
    let bytes = content.span
    try origin.requireWholeLines(bytes)
    var mappings: [KernelMapping] = []
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      guard let plain = KernelMappingLine(line, in: bytes) else {
        return try parseJSON(content, from: origin, selecting: selection)
      }
      guard let name = plain.name, let device = plain.device,
        selection?.has(device, name, in: bytes) ?? true
      else { continue }
      mappings.append(
        KernelMapping(
          name: bytes.text(name), uuid: plain.uuid.map { bytes.text($0) } ?? "", device: device,
          holders: plain.holders(in: bytes), location: origin.location(lines.number, line)))
    }
    return mappings
  }

  /// Reads lines that are laid out otherwise than the probe does, or hold escapes.
  private static func parseJSON(
    _ content: [UInt8], from origin: EntryOrigin, selecting selection: Selection?
  ) throws(ParseError) -> [KernelMapping] {
    var mappings: [KernelMapping] = []
    for line in try JSONLines.parse(content, from: origin) {
      // A mapping that went while it was read has neither name nor number.
      guard let name = line["name"]?.string, line["device"]?.string != nil else { continue }
      guard case .array(let holders)? = line["holders"] else {
        throw line.expected("a list of holders")
      }
      let mapping = KernelMapping(
        name: name, uuid: line["uuid"]?.string ?? "", device: try line.device("device"),
        holders: holders.compactMap { $0.string.flatMap { DeviceNumber($0) } },
        location: line.location)
      if selection?.has(mapping) ?? true { mappings.append(mapping) }
    }
    return mappings
  }
}

extension NodeSnapshot {
  /// Reads of the kernel's own list the mappings with these numbers or names; nil where it can't be used.
  ///
  /// It is as long as dmsetup's and only a second witness, so it is read when asked for.
  public func readKernelMappings(
    devices: Set<DeviceNumber> = [], names: Set<String> = []
  ) -> [KernelMapping]? {
    let selection = KernelMapping.Selection(devices: devices, names: names)
    var sources = SourceReader(bundle)
    return sources.read(.sysfsDM) { text throws(ParseError) in
      try KernelMapping.parse(text.bytes, from: text.origin, selecting: selection)
    }.value
  }
}

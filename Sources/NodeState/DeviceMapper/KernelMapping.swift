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
    _ content: [UInt8], from origin: EntryOrigin
  ) throws(ParseError) -> [KernelMapping] {
    try KernelMappingList(content, from: origin).mappings { _ in true }
  }

  /// Reads lines that are laid out otherwise than the probe does, or hold escapes.
  fileprivate static func parseJSON(
    _ content: [UInt8], from origin: EntryOrigin
  ) throws(ParseError) -> [KernelMapping] {
    var mappings: [KernelMapping] = []
    for line in try JSONLines.parse(content, from: origin) {
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

/// The kernel's own list of mappings: looked through as a whole, and made into values only where one is
/// asked for.
public struct KernelMappingList: Sendable {
  private struct Row: Sendable {
    let device: DeviceNumber
    let nameStart: Int32
    let nameCount: Int32
    let location: SourceLocation

    var name: Range<Int> { Int(nameStart)..<(Int(nameStart) + Int(nameCount)) }
  }

  private let content: [UInt8]
  private var rows: [Row] = []
  /// All, where the lines are not laid out as the probe does.
  private var others: [KernelMapping] = []

  /// - Throws: ``ParseError`` when any line is not of the probe's form: a list that is damaged proves
  ///   nothing.
  init(_ content: [UInt8], from origin: EntryOrigin) throws(ParseError) {
    self.content = content
    let bytes = content.span
    try origin.requireWholeLines(bytes)
    rows.reserveCapacity(content.count / 224)
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      guard let plain = KernelMappingLine(line, in: bytes), line.upperBound <= Int(Int32.max) else {
        rows = []
        others = try KernelMapping.parseJSON(content, from: origin)
        return
      }
      guard let name = plain.name, let device = plain.device else { continue }
      rows.append(
        Row(
          device: device, nameStart: Int32(truncatingIfNeeded: name.lowerBound),
          nameCount: Int32(truncatingIfNeeded: name.count),
          location: origin.location(lines.number, line)))
    }
  }

  /// Returns the mappings with these numbers.
  public func mappings(devices: Set<DeviceNumber>) -> [KernelMapping] {
    mappings(where: devices.contains)
  }

  /// Returns those of the names that a mapping has.
  public func names(among names: Set<String>) -> Set<String> {
    let lengths = Set(names.map(\.utf8.count))
    let bytes = content.span
    var found = names.intersection(others.map(\.name))
    for row in rows where lengths.contains(Int(row.nameCount)) {
      let name = bytes.text(row.name)
      if names.contains(name) { found.insert(name) }
    }
    return found
  }

  fileprivate func mappings(where isWanted: (DeviceNumber) -> Bool) -> [KernelMapping] {
    let bytes = content.span
    var found = others.filter { isWanted($0.device) }
    for row in rows where isWanted(row.device) {
      let start = Int(row.location.start)
      guard let line = KernelMappingLine(start..<(start + Int(row.location.length)), in: bytes)
      else { continue }
      found.append(
        KernelMapping(
          name: bytes.text(row.name), uuid: line.uuid.map { bytes.text($0) } ?? "",
          device: row.device, holders: line.holders(in: bytes), location: row.location))
    }
    return found
  }
}

extension NodeSnapshot {
  /// Reads the kernel's own list of mappings; nil where it can't be used.
  ///
  /// It is as long as dmsetup's and only a second witness, so it is read when asked for.
  public func readKernelMappings() -> KernelMappingList? {
    var sources = SourceReader(bundle)
    return sources.read(.sysfsDM) { text throws(ParseError) in
      try KernelMappingList(text.bytes, from: text.origin)
    }.value
  }
}

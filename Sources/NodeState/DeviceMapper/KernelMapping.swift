import BundleFormat

/// A mapping by the kernel's own list, taken in between the two readings of dmsetup.
///
/// Source: probe `sysfs-dm`, from `/sys/block/dm-*`.
public struct KernelMapping: Hashable, Sendable {
  /// Mangled, as ``Mapping/name`` is.
  public let name: String
  public let device: DeviceNumber
  /// The devices stacked on it, of whatever driver.
  public let holders: [DeviceNumber]
  public let location: SourceLocation

  public init(
    name: String, device: DeviceNumber, holders: [DeviceNumber], location: SourceLocation
  ) {
    self.name = name
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
    try JSONLines.values(
      of: bytes, from: origin,
      plainly: { form, bytes, line in KernelMapping(&form, in: bytes, line: line, from: origin) }
    ) { line throws(ParseError) in
      // A mapping that went while it was read has neither name nor number.
      guard let name = line["name"]?.string, line["device"]?.string != nil else { return nil }
      guard case .array(let holders)? = line["holders"] else {
        throw line.expected("a list of holders")
      }
      return KernelMapping(
        name: name, device: try line.device("device"),
        holders: holders.compactMap { $0.string.flatMap { $0.utf8.span.device(0..<$0.utf8.count) } },
        location: line.location)
    }
  }

  /// `{"kernelName":"dm-0","device":"253:0","name":"pve-root","uuid":"LVM-…","suspended":0,
  /// "sizeSectors":8192,"readOnly":0,"slaves":["8:3"],"holders":[]}`
  private init?(
    _ form: inout FormWalk, in bytes: Span<UInt8>, line: Int, from origin: EntryOrigin
  ) {
    guard form.skip("{\"kernelName\":\"", in: bytes), form.text(in: bytes) != nil,
      form.skip("\",\"device\":\"", in: bytes), let device = form.device(in: bytes),
      form.skip("\",\"name\":\"", in: bytes), let name = form.text(in: bytes),
      form.skip("\",\"uuid\":\"", in: bytes), form.text(in: bytes) != nil,
      form.skip("\",\"suspended\":", in: bytes), form.number(in: bytes) != nil,
      form.skip(",\"sizeSectors\":", in: bytes), form.number(in: bytes) != nil,
      form.skip(",\"readOnly\":", in: bytes), form.number(in: bytes) != nil,
      form.skip(",\"slaves\":", in: bytes), form.list(in: bytes, { _ in }),
      form.skip(",\"holders\":", in: bytes)
    else { return nil }
    var holders: [DeviceNumber] = []
    guard form.list(in: bytes, { bytes.device($0).map { holders.append($0) } }),
      form.skip("}", in: bytes)
    else { return nil }
    self.init(
      name: bytes.text(name), device: device, holders: holders,
      location: origin.location(line, form.walked))
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

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
  /// Which of the kernel's mappings are asked for.
  struct Selection {
    private let devices: Set<DeviceNumber>
    private let names: Set<String>
    /// Whether the sets may have a device or name, by a few bits of it: nearly all are ruled out so.
    private var isDevice = Array(repeating: false, count: 4096)
    private var isName = Array(repeating: false, count: 4096)

    init(devices: Set<DeviceNumber>, names: Set<String>) {
      self.devices = devices
      self.names = names
      for device in devices { isDevice[Self.mark(of: device)] = true }
      for name in names { isName[Self.mark(of: name.utf8.span, 0..<name.utf8.count)] = true }
    }

    func has(_ device: DeviceNumber, _ name: Range<Int>, in bytes: Span<UInt8>) -> Bool {
      isDevice[Self.mark(of: device)] && devices.contains(device)
        || isName[Self.mark(of: bytes, name)] && names.contains(bytes.text(name))
    }

    private static func mark(of device: DeviceNumber) -> Int { Int(device.minor & 0xFFF) }

    /// By the last eight bytes, in which names mostly differ.
    private static func mark(of bytes: Span<UInt8>, _ name: Range<Int>) -> Int {
      precondition(name.upperBound <= bytes.count)
      guard name.count >= 8 else { return 0 }
      let word = bytes.uncheckedWord(at: name.upperBound - 8)
      return Int((word &* 0x9E37_79B9_7F4A_7C15) >> 52)
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
    try JSONLines.values(
      of: content, from: origin,
      plainly: { form, bytes, line in
        guard let plain = Plain(&form, in: bytes) else { return nil }
        guard selection?.has(plain.device, plain.name, in: bytes) ?? true else {
          return .some(nil)
        }
        return KernelMapping(
          name: bytes.text(plain.name), device: plain.device, holders: plain.holders(in: bytes),
          location: origin.location(line, form.walked))
      }
    ) { line throws(ParseError) in
      // A mapping that went while it was read has neither name nor number.
      guard let name = line["name"]?.string, line["device"]?.string != nil else { return nil }
      guard case .array(let holders)? = line["holders"] else {
        throw line.expected("a list of holders")
      }
      let (device, text) = (try line.device("device"), name.utf8.span)
      guard selection?.has(device, 0..<text.count, in: text) ?? true else { return nil }
      return KernelMapping(
        name: name, device: device,
        holders: holders.compactMap {
          $0.string.flatMap { $0.utf8.span.device(0..<$0.utf8.count) }
        },
        location: line.location)
    }
  }

  /// A line in the very form that the probe writes.
  ///
  /// `{"kernelName":"dm-0","device":"253:0","name":"pve-root","uuid":"LVM-…","suspended":0,
  /// "sizeSectors":8192,"readOnly":0,"slaves":["8:3"],"holders":[]}`
  private struct Plain {
    let name: Range<Int>
    let device: DeviceNumber
    private let list: FormWalk

    init?(_ form: inout FormWalk, in bytes: Span<UInt8>) {
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
      list = form
      guard form.list(in: bytes, { _ in }), form.skip("}", in: bytes) else { return nil }
      (self.name, self.device) = (name, device)
    }

    func holders(in bytes: Span<UInt8>) -> [DeviceNumber] {
      var holders: [DeviceNumber] = []
      var form = list
      _ = form.list(in: bytes) { bytes.device($0).map { holders.append($0) } }
      return holders
    }
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

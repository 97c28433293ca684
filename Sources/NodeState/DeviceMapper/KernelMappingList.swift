import BundleFormat

/// The kernel's own list of mappings. Source: probe `sysfs-dm`.
///
/// The whole list is looked through, since a list that is damaged anywhere proves nothing; but a value is
/// made only of what is asked for.
struct KernelMappingList: Sendable {
  private let content: [UInt8]
  private let lines: [Plain]
  /// Of lines that only JSON's grammar takes.
  private let others: [KernelMapping]

  /// Reads the probe's lines.
  ///
  /// - Throws: ``ParseError`` when one line is not of its form.
  init(_ content: [UInt8], from origin: EntryOrigin) throws(ParseError) {
    self.content = content
    var others: [KernelMapping] = []
    lines = try JSONLines.values(
      of: content, from: origin,
      plainly: { form, bytes, line in
        Plain(&form, in: bytes, line: line, from: origin).map { .some($0) }
      }
    ) { line throws(ParseError) in
      if let mapping = try KernelMapping(line) { others.append(mapping) }
      return nil
    }
    self.others = others
  }

  /// Returns the mappings that are asked for, in the order of the list.
  ///
  /// - Parameter selection: Nil for all.
  func mappings(selecting selection: Selection?) -> [KernelMapping] {
    let bytes = content.span
    var found: [KernelMapping] = []
    for line in lines
    where selection?.has(line.name, in: bytes, isHeld: line.isHeld) ?? true {
      found.append(line.mapping(in: bytes))
    }
    if others.isEmpty { return found }
    for mapping in others {
      let name = mapping.name.utf8.span
      let isHeld = !mapping.holders.isEmpty
      if selection?.has(0..<name.count, in: name, isHeld: isHeld) ?? true { found.append(mapping) }
    }
    return found.sorted { $0.location.line < $1.location.line }
  }

  /// A line in the very form that the probe writes.
  ///
  /// `{"kernelName":"dm-0","device":"253:0","name":"pve-root","uuid":"LVM-…","suspended":0,
  /// "sizeSectors":8192,"readOnly":0,"slaves":["8:3"],"holders":[]}`
  private struct Plain {
    private let device: DeviceNumber
    let name: Range<Int>
    let isHeld: Bool
    private let holders: FormWalk
    private let location: SourceLocation

    init?(_ form: inout FormWalk, in bytes: Span<UInt8>, line: Int, from origin: EntryOrigin) {
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
      holders = form
      var count = 0
      guard form.list(in: bytes, { _ in count += 1 }), form.skip("}", in: bytes) else { return nil }
      isHeld = count > 0
      (self.device, self.name) = (device, name)
      location = origin.location(line, form.walked)
    }

    func mapping(in bytes: Span<UInt8>) -> KernelMapping {
      var devices: [DeviceNumber] = []
      var form = holders
      _ = form.list(in: bytes) { bytes.device($0).map { devices.append($0) } }
      return KernelMapping(
        name: bytes.text(name), device: device, holders: devices, location: location)
    }
  }
}

extension KernelMappingList {
  /// Which of the mappings are asked for.
  struct Selection {
    private let names: Set<String>
    private let wantsHeld: Bool
    /// Whether the set may have a name, by a few bits of it: nearly all are ruled out so.
    private var isName = Array(repeating: false, count: 4096)

    /// Those on which something is stacked.
    static let held = Selection(names: [], wantsHeld: true)

    init(names: Set<String>) { self.init(names: names, wantsHeld: false) }

    private init(names: Set<String>, wantsHeld: Bool) {
      self.names = names
      self.wantsHeld = wantsHeld
      for name in names { isName[Self.mark(of: name.utf8.span, 0..<name.utf8.count)] = true }
    }

    func has(_ name: Range<Int>, in bytes: Span<UInt8>, isHeld: Bool) -> Bool {
      isHeld && wantsHeld
        || isName[Self.mark(of: bytes, name)] && names.contains(bytes.text(name))
    }

    /// By the last sixteen bytes: guests' disks have different numbers in front of equal ends.
    private static func mark(of bytes: Span<UInt8>, _ name: Range<Int>) -> Int {
      precondition(name.lowerBound >= 0 && name.upperBound <= bytes.count)
      guard name.count >= 16 else { return 0 }
      let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
      let first = bytes.uncheckedWord(at: name.upperBound - 16) &* factor
      let word = (first ^ first >> 32 ^ bytes.uncheckedWord(at: name.upperBound - 8)) &* factor
      return Int(word >> 52)
    }
  }
}

extension KernelMapping {
  /// Reads a line's object; nil for a mapping that went while it was read and has neither name nor number.
  fileprivate init?(_ line: JSONLines.Line) throws(ParseError) {
    guard let name = line["name"]?.string, line["device"]?.string != nil else { return nil }
    guard case .array(let holders)? = line["holders"] else {
      throw line.expected("a list of holders")
    }
    self.init(
      name: name, device: try line.device("device"),
      holders: holders.compactMap { $0.string.flatMap { $0.utf8.span.device(0..<$0.utf8.count) } },
      location: line.location)
  }
}

extension MappingRow {
  /// Reads a line of the columns that the collector asks for; nil for a line that isn't one of them.
  ///
  /// `pve-root|LVM-…|253|1|1|1|0|L--w`
  init?(usual line: Range<Int>, of bytes: Span<UInt8>, separator: UInt8, location: SourceLocation) {
    var fields = SeparatedNumbers(line, separator: separator)
    guard let name = fields.text(in: bytes), !name.isEmpty, MangledText.isMangled(bytes, name),
      let uuid = fields.text(in: bytes), let major = fields.number(in: bytes), major <= 4095,
      let minor = fields.number(in: bytes), minor <= 1_048_575,
      let openCount = fields.number(in: bytes), let segmentCount = fields.number(in: bytes),
      fields.text(in: bytes) != nil, let attributes = Mapping.Attributes(bytes, fields.rest)
    else { return nil }
    if let identity = VolumeIdentity(mangledUUID: uuid, in: bytes) {
      self.uuid = MappingUUID(of: identity)
    } else {
      guard let text = MangledText.checked(bytes, uuid) else { return nil }
      self.uuid = MappingUUID(text)
    }
    self.name = bytes.text(name)
    self.device = DeviceNumber(major: UInt32(major), minor: UInt32(minor))
    self.openCount = openCount
    self.segmentCount = segmentCount
    self.attributes = attributes
    self.location = location
  }
}

extension VolumeIdentity {
  /// Reads `LVM-` and the two ids of a volume's public device; nil for any other uuid.
  fileprivate init?(mangledUUID uuid: Range<Int>, in bytes: Span<UInt8>) {
    let ids = uuid.lowerBound + 4
    // A `!` is of an id's characters, but device mapper prints it mangled.
    guard uuid.count == 68, bytes.starts(uuid, with: "LVM-"),
      let group = LVMID(bytes, ids..<(ids + 32)),
      let volume = LVMID(bytes, (ids + 32)..<(ids + 64)),
      bytes.firstIndex(of: UInt8(ascii: "!"), in: uuid) == nil
    else { return nil }
    self.init(group: group, volume: volume)
  }
}

/// A walk over a line's fields of which most are numbers.
private struct SeparatedNumbers {
  /// What is still to be walked.
  private(set) var rest: Range<Int>
  private let separator: UInt8

  init(_ line: Range<Int>, separator: UInt8) {
    rest = line
    self.separator = separator
  }

  /// Returns what stands before the next separator; nil without one.
  mutating func text(in bytes: Span<UInt8>) -> Range<Int>? {
    guard let end = bytes.firstIndex(of: separator, in: rest) else { return nil }
    defer { rest = (end + 1)..<rest.upperBound }
    return rest.lowerBound..<end
  }

  /// Returns the number before the next separator; nil when something else stands there.
  mutating func number(in bytes: Span<UInt8>) -> Int? {
    var index = rest.lowerBound
    while index < rest.upperBound, bytes[index].isDigit { index += 1 }
    guard index < rest.upperBound, bytes[index] == separator else { return nil }
    defer { rest = (index + 1)..<rest.upperBound }
    return bytes.integer(rest.lowerBound..<index)
  }
}

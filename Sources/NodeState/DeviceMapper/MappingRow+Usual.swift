extension MappingRow {
  /// Reads a line of the columns that the collector asks for; nil for a line that isn't one of them.
  ///
  /// `pve-root|LVM-…|253|1|1|1|0|L--w`
  ///
  /// - Parameter group: That of the lines before, which most lines repeat.
  init?(
    usual line: Range<Int>, of bytes: Span<UInt8>, separator: UInt8, location: SourceLocation,
    group: inout KnownGroup
  ) {
    var fields = SeparatedNumbers(line, separator: separator)
    guard let name = fields.text(in: bytes), !name.isEmpty, MangledText.isMangled(bytes, name),
      let uuid = fields.text(in: bytes), let major = fields.number(in: bytes), major <= 4095,
      let minor = fields.number(in: bytes), minor <= 1_048_575,
      let openCount = fields.number(in: bytes), let segmentCount = fields.number(in: bytes),
      fields.text(in: bytes) != nil, let attributes = Mapping.Attributes(bytes, fields.rest)
    else { return nil }
    if let identity = group.identity(ofMangled: uuid, in: bytes) {
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

extension MappingRow {
  /// The group that the last volume's uuid names, so that it need not be read again.
  struct KnownGroup {
    private var range = 0..<0
    private var id: LVMID?

    /// Reads `LVM-` and the two ids of a volume's public device; nil for any other uuid.
    mutating func identity(ofMangled uuid: Range<Int>, in bytes: Span<UInt8>) -> VolumeIdentity? {
      guard uuid.count == 68, bytes.starts(uuid, with: "LVM-") else { return nil }
      let volume = uuid.lowerBound + 36
      let group = (uuid.lowerBound + 4)..<volume
      if !bytes.equals(group, range, of: bytes) {
        (range, id) = (group, Self.id(group, in: bytes))
      }
      guard let id, let volume = Self.id(volume..<uuid.upperBound, in: bytes) else { return nil }
      return VolumeIdentity(group: id, volume: volume)
    }

    /// A `!` is of an id's characters, but device mapper prints it mangled.
    private static func id(_ range: Range<Int>, in bytes: Span<UInt8>) -> LVMID? {
      bytes.firstIndex(of: UInt8(ascii: "!"), in: range) == nil ? LVMID(bytes, range) : nil
    }
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
    let (start, end) = (rest.lowerBound, rest.upperBound)
    precondition(start >= 0 && end <= bytes.count)
    var index = start
    var value: UInt64 = 0
    while index < end {
      let digit = bytes[unchecked: index] &- UInt8(ascii: "0")
      if digit > 9 { break }
      value = value &* 10 &+ UInt64(digit)
      index &+= 1
    }
    // 19 digits are below 10^19, so they fit the word in which they are summed up.
    guard index < end, bytes[unchecked: index] == separator, index > start, index - start <= 19
    else { return nil }
    rest = (index + 1)..<end
    return Int(exactly: value)
  }
}

/// One line of `dmsetup info -c`: a mapping without its table.
struct MappingRow {
  let name: String
  let uuid: MappingUUID?
  let device: DeviceNumber
  let openCount: Int
  /// How many targets the live table has.
  let segmentCount: Int
  let attributes: Mapping.Attributes
  let location: SourceLocation

  /// What dmsetup prints in place of a list, on standard output and with exit code 0.
  static let noDevices: StaticString = "No devices found"

  /// Reads the whole list.
  ///
  /// Source: `dmsetup info -c --manglename none --noheadings --separator '|' -o …`.
  ///
  /// - Throws: ``ParseError`` when any line is something else: a list with a hole in it would make
  ///   the mappings in the hole look removed.
  static func parse(
    _ bytes: Span<UInt8>, columns: MappingColumns, from origin: EntryOrigin
  ) throws(ParseError) -> [MappingRow] {
    try origin.requireWholeLines(bytes)
    var lines = LineWalk()
    var rows: [MappingRow] = []
    var group = KnownGroup()
    rows.reserveCapacity(bytes.count / 96)
    while let line = lines.next(in: bytes) {
      if lines.number == 1, bytes.count == line.count + 1, bytes.equals(line, noDevices) {
        return []
      }
      let location = origin.location(lines.number, line)
      rows.append(try read(line, of: bytes, columns, location, group: &group, from: origin))
    }
    if rows.isEmpty {
      throw origin.expected("mappings or \"No devices found\"", in: bytes, 0..<0, line: 1)
    }
    try requireKernelNames(rows, in: bytes, from: origin)
    return rows
  }

  private static func read(
    _ line: Range<Int>, of bytes: Span<UInt8>, _ columns: MappingColumns,
    _ location: SourceLocation, group: inout KnownGroup, from origin: EntryOrigin
  ) throws(ParseError) -> MappingRow {
    if columns.areUsual,
      let row = MappingRow(
        usual: line, of: bytes, separator: columns.separator, location: location, group: &group)
    {
      return row
    }
    return try MappingRow(bytes, line, number: Int(location.line), columns, origin)
  }

  /// The kernel keeps names short and unique: a list that has a longer one, or one twice, is none of its.
  private static func requireKernelNames(
    _ rows: [MappingRow], in bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) {
    var names: Set<String> = []
    for row in rows {
      let isShort = MangledText.byteCount(of: row.name) <= Mapping.maximumNameBytes
      if isShort && names.insert(row.name).inserted { continue }
      let start = Int(row.location.start)
      throw origin.expected(
        isShort ? "each name once" : "names of at most \(Mapping.maximumNameBytes) bytes",
        in: bytes, start..<(start + Int(row.location.length)), line: Int(row.location.line))
    }
  }

  private init(
    _ bytes: Span<UInt8>, _ line: Range<Int>, number: Int, _ columns: MappingColumns,
    _ origin: EntryOrigin
  ) throws(ParseError) {
    var fields = PartWalk(line, by: columns.separator)
    var name: String?
    var uuid = Field<MappingUUID?>.absent
    var (major, minor): (Range<Int>?, Range<Int>?) = (nil, nil)
    var (openCount, segmentCount): (Int?, Int?) = (nil, nil)
    var attributes: Mapping.Attributes?
    for column in columns.columns {
      guard let field = fields.next(in: bytes) else {
        throw origin.expected(
          "\(columns.columns.count) fields", in: bytes, line, line: number)
      }
      func unexpected(_ expectation: String) -> ParseError {
        origin.expected(expectation, in: bytes, field, line: number)
      }
      switch column {
      case .name(let isMangled):
        name =
          isMangled
          ? MangledText.checked(bytes, field) : MangledText.mangling(bytes, field)
        if name == nil || field.isEmpty { throw unexpected("a mapping's name") }
      case .uuid(let isMangled):
        let text =
          isMangled
          ? MangledText.checked(bytes, field) : MangledText.mangling(bytes, field)
        guard let text else { throw unexpected("a uuid") }
        uuid = .present(MappingUUID(text))
      case .major: major = field
      case .minor:
        minor = field
      case .openCount:
        openCount = bytes.integer(field)
        if openCount == nil { throw unexpected("an open count") }
      case .segmentCount:
        segmentCount = bytes.integer(field)
        if segmentCount == nil { throw unexpected("a number of targets") }
      case .attributes:
        attributes = Mapping.Attributes(bytes, field)
        if attributes == nil { throw unexpected("attributes such as \"L--w\"") }
      case .other: break
      }
    }
    if fields.next(in: bytes) != nil {
      throw origin.expected("\(columns.columns.count) fields", in: bytes, line, line: number)
    }
    guard let name, case .present(let uuid) = uuid, let major, let minor, let openCount,
      let segmentCount, let attributes
    else {
      throw origin.expected(
        "the columns name, uuid, major, minor, open, segments and attr", in: bytes, line,
        line: number)
    }
    guard let device = bytes.device(major: major, minor: minor) else {
      let place = min(major.lowerBound, minor.lowerBound)..<max(major.upperBound, minor.upperBound)
      throw origin.expected("a device number", in: bytes, place, line: number)
    }
    self.name = name
    self.uuid = uuid
    self.device = device
    self.openCount = openCount
    self.segmentCount = segmentCount
    self.attributes = attributes
    location = origin.location(number, line)
  }

  /// A field that was read, or has no column.
  private enum Field<Value> {
    case absent
    case present(Value)
  }
}

extension Mapping.Attributes {
  /// Reads the four characters of `attr`: `L--w`, `LIsr`; nil for any others.
  init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    guard range.count == 4 else { return nil }
    func flag(_ offset: Int, _ letter: Unicode.Scalar, or other: Unicode.Scalar) -> Bool? {
      switch bytes[range.lowerBound + offset] {
      case UInt8(ascii: letter): true
      case UInt8(ascii: other): false
      default: nil
      }
    }
    guard let live = flag(0, "L", or: "-"), let inactive = flag(1, "I", or: "-"),
      let suspended = flag(2, "s", or: "-"), let readOnly = flag(3, "r", or: "w")
    else { return nil }
    self.init(
      hasLiveTable: live, hasInactiveTable: inactive, isSuspended: suspended,
      isReadOnly: readOnly)
  }
}

import BundleFormat

/// Reads the rows of `lvs` one by one.
///
/// What a row repeats from the one before is kept as it was made then.
struct VolumeReader {
  private var report: ReportReader
  private let origin: EntryOrigin
  private var shared = SharedColumns()
  private var devices = TextCache()

  enum Column: Int, CaseIterable {
    case groupName, groupID, name, id, attributes, size, path, layout, role, tags
    case autoactivation, skipActivation, time, host, pool, origin, segmentType, startExtent
    case extentCount, ranges, thinID, stripes, stripeSize, transactionID, health
  }

  private static let names: [StaticString] = [
    "vg_name", "vg_uuid", "lv_name", "lv_uuid", "lv_attr", "lv_size", "lv_dm_path", "lv_layout",
    "lv_role", "lv_tags", "lv_autoactivation", "lv_skip_activation", "lv_time", "lv_host",
    "pool_lv", "origin", "segtype", "seg_start_pe", "seg_size_pe", "seg_pe_ranges", "thin_id",
    "stripes", "stripe_size", "transaction_id", "lv_health_status",
  ]

  init(_ bytes: [UInt8], from origin: EntryOrigin) {
    report = ReportReader(bytes, kind: "lv", columns: Self.names, from: origin)
    self.origin = origin
  }

  /// What the volumes of a group mostly have in common.
  private struct SharedColumns {
    var groupName = ""
    var groupID: LVMID?
    var attributes = ""
    var layout = ""
    var role = ""
    var tags: [String] = []
    var host = ""
    var pool: String?
    var origin: String?
    var segmentType = ""
    var health = ""
  }

  /// Returns the next row as a volume of one segment; nil at the end.
  mutating func next() throws(ParseError) -> LogicalVolume? {
    guard try report.next() else { return nil }
    let text = report.text
    let bytes = text.span
    try readShared(in: bytes)
    let name = try required(.name, in: bytes)
    let path = try required(.path, in: bytes)
    guard let groupID = shared.groupID else {
      throw unexpected("a group's uuid", .groupID, in: bytes)
    }
    guard let id = LVMID(bytes, try required(.id, in: bytes)) else {
      throw unexpected("a volume's uuid", .id, in: bytes)
    }
    guard bytes.starts(path, with: "/dev/mapper/") else {
      throw unexpected("a path below /dev/mapper", .path, in: bytes)
    }
    return LogicalVolume(
      groupName: shared.groupName, groupID: groupID,
      name: bytes.text(bytes.withoutBrackets(name)), id: id,
      isInternal: bytes[name.lowerBound] == UInt8(ascii: "["), attributes: shared.attributes,
      sizeBytes: try requiredNumber(.size, in: bytes),
      mappingName: bytes.text((path.lowerBound + 12)..<path.upperBound), layout: shared.layout,
      role: shared.role, tags: shared.tags,
      hasAutoactivation: report.value(Column.autoactivation.rawValue).map { !$0.isEmpty },
      skipsActivation: !optional(.skipActivation).isEmpty, createdAt: createdAt(in: bytes),
      creationHost: shared.host, poolName: shared.pool, origin: shared.origin,
      health: shared.health, transactionID: try number(.transactionID, in: bytes),
      segments: try segments(in: bytes), location: report.location)
  }

  private mutating func readShared(in bytes: Span<UInt8>) throws(ParseError) {
    if !isRepeated(.groupName) {
      shared.groupName = bytes.text(try required(.groupName, in: bytes))
    }
    if !isRepeated(.groupID) {
      shared.groupID = LVMID(bytes, try required(.groupID, in: bytes))
    }
    if !isRepeated(.attributes) {
      shared.attributes = bytes.text(try required(.attributes, in: bytes))
    }
    if !isRepeated(.layout) { shared.layout = bytes.text(optional(.layout)) }
    if !isRepeated(.role) { shared.role = bytes.text(optional(.role)) }
    if !isRepeated(.tags) { shared.tags = tags(in: bytes) }
    if !isRepeated(.host) { shared.host = bytes.text(optional(.host)) }
    if !isRepeated(.pool) { shared.pool = volumeName(.pool, in: bytes) }
    if !isRepeated(.origin) { shared.origin = volumeName(.origin, in: bytes) }
    if !isRepeated(.segmentType) { shared.segmentType = bytes.text(optional(.segmentType)) }
    if !isRepeated(.health) { shared.health = bytes.text(optional(.health)) }
  }

  private mutating func segments(
    in bytes: Span<UInt8>
  ) throws(ParseError) -> [LogicalVolume.Segment] {
    if shared.segmentType.isEmpty { return [] }
    return [
      LogicalVolume.Segment(
        type: shared.segmentType, startExtent: try number(.startExtent, in: bytes) ?? 0,
        extentCount: try number(.extentCount, in: bytes) ?? 0, ranges: try ranges(in: bytes),
        thinID: try number(.thinID, in: bytes), stripeCount: try number(.stripes, in: bytes) ?? 0,
        stripeSizeBytes: try number(.stripeSize, in: bytes) ?? 0)
    ]
  }

  /// Reads `/dev/sdb:0-15 /dev/sdc:4-9`.
  private mutating func ranges(
    in bytes: Span<UInt8>
  ) throws(ParseError) -> [LogicalVolume.Segment.Range] {
    var ranges: [LogicalVolume.Segment.Range] = []
    var fields = FieldWalk(optional(.ranges))
    while let field = fields.next(in: bytes) {
      guard let colon = bytes.lastIndex(of: UInt8(ascii: ":"), in: field),
        let hyphen = bytes.firstIndex(of: UInt8(ascii: "-"), in: (colon + 1)..<field.upperBound),
        let first = bytes.integer((colon + 1)..<hyphen),
        let last = bytes.integer((hyphen + 1)..<field.upperBound), first <= last
      else { throw unexpected("extents of a device", .ranges, in: bytes) }
      ranges.append(
        LogicalVolume.Segment.Range(
          device: devices.text(bytes, field.lowerBound..<colon), firstExtent: first,
          lastExtent: last))
    }
    return ranges
  }

  private func tags(in bytes: Span<UInt8>) -> [String] {
    let range = optional(.tags)
    if range.isEmpty { return [] }
    var parts = PartWalk(range, by: UInt8(ascii: ","))
    var tags: [String] = []
    while let part = parts.next(in: bytes) { tags.append(bytes.text(part)) }
    return tags
  }

  @inline(__always)
  private func createdAt(in bytes: Span<UInt8>) -> Timestamp? {
    let range = optional(.time)
    return range.isEmpty ? nil : Timestamp(bytes, range)
  }

  /// A volume's name of a column, nil for none.
  private func volumeName(_ column: Column, in bytes: Span<UInt8>) -> String? {
    let range = bytes.withoutBrackets(optional(column))
    return range.isEmpty ? nil : bytes.text(range)
  }

  // MARK: Fields

  @inline(__always)
  private func isRepeated(_ column: Column) -> Bool { report.isRepeated(column.rawValue) }

  @inline(__always)
  private func optional(_ column: Column) -> Range<Int> { report.value(column.rawValue) ?? 0..<0 }

  @inline(__always)
  private func required(
    _ column: Column, in bytes: Span<UInt8>
  ) throws(ParseError) -> Range<Int> {
    guard let range = report.value(column.rawValue), !range.isEmpty else {
      throw unexpected("a \(Self.names[column.rawValue])", column, in: bytes)
    }
    return range
  }

  @inline(__always)
  private func requiredNumber(_ column: Column, in bytes: Span<UInt8>) throws(ParseError) -> Int {
    guard let number = bytes.integer(try required(column, in: bytes)) else {
      throw unexpected("a number", column, in: bytes)
    }
    return number
  }

  /// Nil for an empty field or one that the report lacks.
  @inline(__always)
  private func number(_ column: Column, in bytes: Span<UInt8>) throws(ParseError) -> Int? {
    let range = optional(column)
    if range.isEmpty { return nil }
    guard let number = bytes.integer(range) else {
      throw unexpected("a number", column, in: bytes)
    }
    return number
  }

  @inline(never)
  private func unexpected(
    _ expectation: String, _ column: Column, in bytes: Span<UInt8>
  ) -> ParseError {
    origin.expected(expectation, in: bytes, optional(column), line: Int(report.location.line))
  }
}

extension Span where Element == UInt8 {
  /// Returns a range without the brackets that LVM puts around the names of internal volumes.
  @inline(__always)
  func withoutBrackets(_ range: Range<Int>) -> Range<Int> {
    guard range.count > 2, self[range.lowerBound] == UInt8(ascii: "["),
      self[range.upperBound - 1] == UInt8(ascii: "]")
    else { return range }
    return (range.lowerBound + 1)..<(range.upperBound - 1)
  }
}

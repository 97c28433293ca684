import BundleFormat

/// Reads the rows of `lvs` one by one.
///
/// What a row repeats from the one before is kept as it was made then.
struct VolumeReader {
  private var report: ReportReader
  private var traits: LogicalVolume.Traits?
  private var tags: [String] = []
  private var segmentType = ""
  /// Of the segment's extents.
  private var device = TextCache()

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
  }

  /// Returns the next row as a volume of one segment; nil at the end.
  mutating func next() throws(ParseError) -> LogicalVolume? {
    guard let row = try report.next() else { return nil }
    let bytes = row.text.span
    let traits = try traits(row)
    if !row.isRepeated(.tags) { tags = row.tags(.tags) }
    let (name, path) = (try row.required(.name), try row.required(.path))
    guard let id = LVMID(bytes, try row.required(.id)) else {
      throw row.unexpected("a volume's uuid", .id)
    }
    guard bytes.starts(path, with: "/dev/mapper/") else {
      throw row.unexpected("a path below /dev/mapper", .path)
    }
    return LogicalVolume(
      traits, name: bytes.text(bytes.withoutBrackets(name)), id: id,
      isInternal: bytes[name.lowerBound] == UInt8(ascii: "["),
      sizeBytes: try row.requiredNumber(.size),
      mappingName: bytes.text((path.lowerBound + 12)..<path.upperBound), tags: tags,
      hasAutoactivation: row.range(Column.autoactivation.rawValue).map { !$0.isEmpty },
      skipsActivation: !row.optional(.skipActivation).isEmpty, createdAt: row.time(.time),
      transactionID: try row.number(.transactionID), segments: try segments(row),
      location: row.location)
  }

  /// Returns the traits of a row, those of the row before where they are the same.
  private mutating func traits(_ row: ReportRow) throws(ParseError) -> LogicalVolume.Traits {
    if let traits, row.repeatsTraits { return traits }
    let bytes = row.text.span
    let before = traits
    func trait<Value>(
      _ column: Column, _ known: (LogicalVolume.Traits) -> Value, _ read: (Range<Int>) -> Value
    ) -> Value {
      if let before, row.isRepeated(column) { return known(before) }
      return read(row.optional(column))
    }
    guard let groupID = LVMID(bytes, try row.required(.groupID)) else {
      throw row.unexpected("a group's uuid", .groupID)
    }
    _ = try row.required(.groupName)
    _ = try row.required(.attributes)
    let traits = LogicalVolume.Traits(
      groupName: trait(.groupName, { $0.groupName }, { bytes.text($0) }), groupID: groupID,
      attributes: trait(.attributes, { $0.attributes }, { bytes.text($0) }),
      layout: trait(.layout, { $0.layout }, { bytes.text($0) }),
      role: trait(.role, { $0.role }, { bytes.text($0) }),
      creationHost: bytes.text(row.optional(.host)),
      poolName: trait(.pool, { $0.poolName }, { bytes.volumeName($0) }),
      origin: trait(.origin, { $0.origin }, { bytes.volumeName($0) }),
      health: bytes.text(row.optional(.health)))
    self.traits = traits
    return traits
  }

  private mutating func segments(
    _ row: ReportRow
  ) throws(ParseError) -> [LogicalVolume.Segment] {
    if !row.isRepeated(.segmentType) {
      segmentType = row.text.span.text(row.optional(.segmentType))
    }
    if segmentType.isEmpty { return [] }
    return [
      LogicalVolume.Segment(
        type: segmentType, startExtent: try row.number(.startExtent) ?? 0,
        extentCount: try row.number(.extentCount) ?? 0, ranges: try ranges(row),
        thinID: try row.number(.thinID), stripeCount: try row.number(.stripes) ?? 0,
        stripeSizeBytes: try row.number(.stripeSize) ?? 0)
    ]
  }

  /// Reads `/dev/sdb:0-15 /dev/sdc:4-9`.
  private mutating func ranges(
    _ row: ReportRow
  ) throws(ParseError) -> [LogicalVolume.Segment.Range] {
    let bytes = row.text.span
    var ranges: [LogicalVolume.Segment.Range] = []
    var fields = FieldWalk(row.optional(.ranges))
    while let field = fields.next(in: bytes) {
      guard let colon = bytes.lastIndex(of: UInt8(ascii: ":"), in: field),
        let hyphen = bytes.firstIndex(of: UInt8(ascii: "-"), in: (colon + 1)..<field.upperBound),
        let first = bytes.integer((colon + 1)..<hyphen),
        let last = bytes.integer((hyphen + 1)..<field.upperBound), first <= last
      else { throw row.unexpected("extents of a device", .ranges) }
      let range = LogicalVolume.Segment.Range(
        device: self.device.text(bytes, field.lowerBound..<colon), firstExtent: first,
        lastExtent: last)
      // Nearly all have one.
      if ranges.isEmpty { ranges = [range] } else { ranges.append(range) }
    }
    return ranges
  }
}

import BundleFormat

extension LogicalVolume {
  /// Reads the volumes of all groups.
  ///
  /// A volume has one row a segment, and LVM may print a row twice; rows are joined by the ids of
  /// group and volume.
  ///
  /// - Throws: ``ParseError`` for a report that breaks off, lacks what identifies a volume, or
  ///   contradicts itself: a volume that is lost here would make its mapping look like a leftover.
  static func parse(
    _ bytes: [UInt8], from origin: EntryOrigin
  ) throws(ParseError) -> [LogicalVolume] {
    var reader = VolumeReader(bytes, from: origin)
    var volumes: [LogicalVolume] = []
    volumes.reserveCapacity(bytes.count / 800)
    var index: [VolumeIdentity: Int] = [:]
    index.reserveCapacity(bytes.count / 800)
    while let volume = try reader.next() {
      guard let known = index[volume.identity] else {
        index[volume.identity] = volumes.count
        volumes.append(volume)
        continue
      }
      guard let merged = volumes[known].merging(volume) else {
        let start = Int(volume.location.start)
        throw origin.expected(
          "what an earlier row says of the volume", in: bytes.span,
          start..<(start + Int(volume.location.length)), line: Int(volume.location.line))
      }
      volumes[known] = merged
    }
    return volumes
  }

  /// Returns the volume with the segment of another row; nil when that row says something else of it.
  private func merging(_ other: LogicalVolume) -> LogicalVolume? {
    guard name == other.name, groupName == other.groupName, sizeBytes == other.sizeBytes,
      mappingName == other.mappingName, isInternal == other.isInternal
    else { return nil }
    var joined = segments
    for segment in other.segments {
      if let known = segments.first(where: { $0.startExtent == segment.startExtent }) {
        guard known == segment else { return nil }
      } else {
        joined.append(segment)
      }
    }
    return LogicalVolume(
      groupName: groupName, groupID: groupID, name: name, id: id, isInternal: isInternal,
      attributes: attributes, sizeBytes: sizeBytes, mappingName: mappingName, layout: layout,
      role: role, tags: tags, hasAutoactivation: hasAutoactivation,
      skipsActivation: skipsActivation, createdAt: createdAt, creationHost: creationHost,
      poolName: poolName, origin: origin, health: health, transactionID: transactionID,
      segments: joined, location: location)
  }
}

/// Reads the rows of `lvs` one by one.
private struct VolumeReader {
  private var report: ReportReader
  private let origin: EntryOrigin
  private var times = TimeCache()
  private var groupNames = TextCache()
  private var hosts = TextCache()
  private var roles = TextCache()
  private var layouts = TextCache()
  private var devices = TextCache()

  private enum Column: Int, CaseIterable {
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

  mutating func next() throws(ParseError) -> LogicalVolume? {
    guard try report.next() else { return nil }
    let text = report.text
    let bytes = text.span
    let group = try required(.groupName, in: bytes)
    let name = try required(.name, in: bytes)
    let isInternal = bytes[name.lowerBound] == UInt8(ascii: "[")
    let path = try required(.path, in: bytes)
    guard let groupID = LVMID(bytes, try required(.groupID, in: bytes)) else {
      throw unexpected("a group's uuid", .groupID, in: bytes)
    }
    guard let id = LVMID(bytes, try required(.id, in: bytes)) else {
      throw unexpected("a volume's uuid", .id, in: bytes)
    }
    guard bytes.starts(path, with: "/dev/mapper/") else {
      throw unexpected("a path below /dev/mapper", .path, in: bytes)
    }
    return LogicalVolume(
      groupName: groupNames.text(bytes, group), groupID: groupID,
      name: bytes.text(bytes.withoutBrackets(name)), id: id, isInternal: isInternal,
      attributes: bytes.text(try required(.attributes, in: bytes)),
      sizeBytes: try requiredNumber(.size, in: bytes),
      mappingName: bytes.text((path.lowerBound + 12)..<path.upperBound),
      layout: layouts.text(bytes, optional(.layout)), role: roles.text(bytes, optional(.role)),
      tags: tags(in: bytes),
      hasAutoactivation: report.value(Column.autoactivation.rawValue).map { !$0.isEmpty },
      skipsActivation: !optional(.skipActivation).isEmpty,
      createdAt: createdAt(in: bytes), creationHost: hosts.text(bytes, optional(.host)),
      poolName: volumeName(.pool, in: bytes), origin: volumeName(.origin, in: bytes),
      health: bytes.text(optional(.health)),
      transactionID: try number(.transactionID, in: bytes),
      segments: try segment(in: bytes), location: report.location)
  }

  private mutating func segment(
    in bytes: Span<UInt8>
  ) throws(ParseError) -> [LogicalVolume.Segment] {
    guard let type = report.value(Column.segmentType.rawValue), !type.isEmpty else { return [] }
    return [
      LogicalVolume.Segment(
        type: bytes.text(type), startExtent: try number(.startExtent, in: bytes) ?? 0,
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

  private mutating func createdAt(in bytes: Span<UInt8>) -> Timestamp? {
    let range = optional(.time)
    return range.isEmpty ? nil : times.time(bytes, range)
  }

  /// A volume's name of a column, nil for none.
  private func volumeName(_ column: Column, in bytes: Span<UInt8>) -> String? {
    let range = bytes.withoutBrackets(optional(column))
    return range.isEmpty ? nil : bytes.text(range)
  }

  // MARK: Fields

  @inline(__always)
  private func optional(_ column: Column) -> Range<Int> { report.value(column.rawValue) ?? 0..<0 }

  private func required(
    _ column: Column, in bytes: Span<UInt8>
  ) throws(ParseError) -> Range<Int> {
    guard let range = report.value(column.rawValue), !range.isEmpty else {
      throw unexpected("a \(Self.names[column.rawValue])", column, in: bytes)
    }
    return range
  }

  private func requiredNumber(_ column: Column, in bytes: Span<UInt8>) throws(ParseError) -> Int {
    guard let number = bytes.integer(try required(column, in: bytes)) else {
      throw unexpected("a number", column, in: bytes)
    }
    return number
  }

  /// Nil for an empty field or one that the report lacks.
  private func number(_ column: Column, in bytes: Span<UInt8>) throws(ParseError) -> Int? {
    let range = optional(column)
    if range.isEmpty { return nil }
    guard let number = bytes.integer(range) else {
      throw unexpected("a number", column, in: bytes)
    }
    return number
  }

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

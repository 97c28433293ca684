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
    volumes.reserveCapacity(bytes.count / 640)
    var positions = VolumePositions(capacity: bytes.count / 640)
    var furtherRows: [Int: [LogicalVolume]] = [:]
    while let volume = try reader.next() {
      // The rows of a volume mostly follow each other.
      var known = volumes.indices.last
      if volumes.last?.identity != volume.identity {
        known = positions.position(of: volume, in: volumes)
      }
      guard let known else {
        volumes.append(volume)
        continue
      }
      guard volumes[known].isDescribedLike(volume) else {
        throw origin.contradiction(of: volume, in: bytes.span)
      }
      furtherRows[known, default: []].append(volume)
    }
    for position in furtherRows.keys.sorted() {
      volumes[position] = try volumes[position].joined(
        with: furtherRows[position] ?? [], in: bytes.span, from: origin)
    }
    return volumes
  }

  /// Whether another row says the same of the volume, its segment left out.
  private func isDescribedLike(_ other: LogicalVolume) -> Bool {
    name == other.name && groupName == other.groupName && sizeBytes == other.sizeBytes
      && mappingName == other.mappingName && isInternal == other.isInternal
  }

  /// Returns the volume with the segments of its other rows, by their first extents.
  private func joined(
    with rows: [LogicalVolume], in bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) -> LogicalVolume {
    var segments = segments
    for row in rows { segments += row.segments }
    // Mostly the rows come in the order of their extents.
    if !zip(segments, segments.dropFirst()).allSatisfy({ $0.startExtent < $1.startExtent }) {
      segments = try sortedSegments(with: rows, in: bytes, from: origin)
    }
    return LogicalVolume(
      traits, name: name, id: id, isInternal: isInternal, sizeBytes: sizeBytes,
      mappingName: mappingName, tags: tags, hasAutoactivation: hasAutoactivation,
      skipsActivation: skipsActivation, createdAt: createdAt, transactionID: transactionID,
      segments: segments, location: location)
  }

  /// Returns the segments by their first extents, each once.
  private func sortedSegments(
    with rows: [LogicalVolume], in bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) -> [Segment] {
    var all: [(row: LogicalVolume, segment: Segment)] = []
    for row in [self] + rows { all += row.segments.map { (row, $0) } }
    all.sort {
      ($0.segment.startExtent, $0.row.location.line) < (
        $1.segment.startExtent, $1.row.location.line
      )
    }
    var segments: [Segment] = []
    for (row, segment) in all {
      if let last = segments.last, last.startExtent == segment.startExtent {
        guard last == segment else { throw origin.contradiction(of: row, in: bytes) }
      } else {
        segments.append(segment)
      }
    }
    return segments
  }
}

extension EntryOrigin {
  /// The error of a row that says something else of a volume than an earlier one.
  fileprivate func contradiction(of volume: LogicalVolume, in bytes: Span<UInt8>) -> ParseError {
    let start = Int(volume.location.start)
    return expected(
      "what an earlier row says of the volume", in: bytes,
      start..<(start + Int(volume.location.length)), line: Int(volume.location.line))
  }
}

import BundleFormat

extension NodeMetrics.FilesystemUse {
  /// Reads the local file systems. Source: `df -l -P -B1 -T`.
  ///
  /// - Throws: ``ParseError`` for a line that is no file system's.
  static func parse(
    _ bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) -> [NodeMetrics.FilesystemUse] {
    try origin.requireWholeLines(bytes)
    var systems: [NodeMetrics.FilesystemUse] = []
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      if lines.number == 1 { continue }
      var fields = FieldWalk(line)
      guard fields.next(in: bytes) != nil, let type = fields.next(in: bytes),
        let size = fields.next(in: bytes).flatMap({ bytes.integer($0) }),
        let used = fields.next(in: bytes).flatMap({ bytes.integer($0) }),
        let available = fields.next(in: bytes), fields.next(in: bytes) != nil
      else { throw origin.expected("a file system", in: bytes, line, line: lines.number) }
      // A mount point may hold blanks.
      let mountPoint = bytes.trimmed(fields.rest)
      guard !mountPoint.isEmpty else {
        throw origin.expected("a mount point", in: bytes, line, line: lines.number)
      }
      systems.append(
        NodeMetrics.FilesystemUse(
          mountPoint: bytes.text(mountPoint), type: bytes.text(type), sizeBytes: size,
          usedBytes: used, availableBytes: bytes.integer(available)))
    }
    return systems
  }
}

extension NodeMetrics.ZpoolUse {
  /// Reads the ZFS pools. Source: `zpool list -H -p -o name,size,alloc,free,cap,health`.
  ///
  /// - Throws: ``ParseError`` for a line that is no pool's.
  static func parse(
    _ bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) -> [NodeMetrics.ZpoolUse] {
    try origin.requireWholeLines(bytes)
    var pools: [NodeMetrics.ZpoolUse] = []
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      var walk = PartWalk(line, by: UInt8(ascii: "\t"))
      var parts: [Range<Int>] = []
      while let part = walk.next(in: bytes) { parts.append(part) }
      // A pool that cannot be opened has `-` for every figure.
      guard parts.count == 6, !parts[0].isEmpty else {
        throw origin.expected("a ZFS pool", in: bytes, line, line: lines.number)
      }
      pools.append(
        NodeMetrics.ZpoolUse(
          name: bytes.text(parts[0]), sizeBytes: bytes.integer(parts[1]) ?? 0,
          usedBytes: bytes.integer(parts[2]) ?? 0, health: bytes.text(parts[5])))
    }
    return pools
  }
}

extension NodeMetrics.ProcessUse {
  /// Reads the processes that used most CPU. Source: probe `top-processes`.
  ///
  /// - Throws: ``ParseError`` when a line is none of the probe's.
  static func parse(
    _ bytes: [UInt8], from origin: EntryOrigin
  ) throws(ParseError) -> [NodeMetrics.ProcessUse] {
    var processes: [NodeMetrics.ProcessUse] = []
    for line in try JSONLines.parse(bytes, from: origin) {
      guard let percent = line["cpuPercent"]?.double, percent >= 0 else {
        throw line.expected("a share as cpuPercent")
      }
      processes.append(
        NodeMetrics.ProcessUse(
          pid: try line.number("pid"), name: try line.text("name"), cpuPercent: percent,
          residentBytes: try line.number("residentBytes")))
    }
    return processes
  }
}

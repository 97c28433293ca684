import BundleFormat

/// The live tables of all mappings, in the order of their rows.
///
/// Source: `dmsetup table --manglename none`: `NAME: START LENGTH TYPE ARGUMENTS`, one line a
/// target; `NAME: ` for a mapping without a live table; `No devices found`.
enum MappingTables {
  /// Reads every row's table.
  ///
  /// A table counts only if it has as many lines as `dmsetup info` counted targets, and they
  /// follow each other from sector 0; a mapping of whose table that isn't so has a gap.
  ///
  /// - Throws: ``ParseError`` when the list is empty or cut short.
  static func parse(
    _ bytes: Span<UInt8>, of rows: [MappingRow], from origin: EntryOrigin
  ) throws(ParseError) -> [Observed<[Target]>] {
    try origin.requireWholeLines(bytes)
    if bytes.isEmpty {
      throw origin.expected("tables or \"No devices found\"", in: bytes, 0..<0, line: 1)
    }
    var drafts = Array(repeating: Draft(), count: rows.count)
    var finder = MappingNameFinder(rows)
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      guard let (row, rest) = finder.row(of: line, in: bytes) else { continue }
      drafts[row].read(
        rest, in: bytes, line: lines.number, location: origin.location(lines.number, line),
        from: origin)
    }
    return zip(rows, drafts).map { row, draft in draft.table(of: row) }
  }

  /// A table while its lines are read.
  private struct Draft {
    var targets: [Target] = []
    var emptyLines = 0
    var fault: ParseError?

    mutating func read(
      _ range: Range<Int>, in bytes: Span<UInt8>, line: Int, location: SourceLocation,
      from origin: EntryOrigin
    ) {
      if bytes.trimmed(range).isEmpty {
        emptyLines += 1
        return
      }
      do throws(ParseError) {
        let target = try Target.parse(
          bytes, range, line: line, location: location, from: origin)
        let due = targets.last.map { $0.startSector + $0.sectorCount } ?? 0
        guard target.startSector == due else {
          throw origin.expected("the target at sector \(due)", in: bytes, range, line: line)
        }
        targets.append(target)
      } catch {
        fault = fault ?? error
      }
    }

    func table(of row: MappingRow) -> Observed<[Target]> {
      if let fault { return gap(fault.description) }
      guard targets.count == row.segmentCount, emptyLines == (targets.isEmpty ? 1 : 0) else {
        return gap("\(targets.count) targets of \(row.name), \(row.segmentCount) expected")
      }
      return .present(targets)
    }

    private func gap(_ reason: String) -> Observed<[Target]> {
      .unavailable(Gap(source: .dmsetupTable, reason: reason))
    }
  }
}

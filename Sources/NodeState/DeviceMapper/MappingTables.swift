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
    var drafts = Drafts(count: rows.count)
    var finder = MappingNameFinder(rows)
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      guard let (row, rest) = finder.row(of: line, in: bytes) else { continue }
      drafts.read(
        rest, of: row, in: bytes, line: lines.number,
        location: origin.location(lines.number, line), from: origin)
    }
    return rows.indices.map { drafts.table(at: $0, of: rows) }
  }

  /// The tables while their lines are read, by row.
  private struct Drafts {
    private var targets: [[Target]]
    private var hasEmptyLine: [Bool]
    /// Few, if any.
    private var faults: [Int: String] = [:]

    init(count: Int) {
      targets = Array(repeating: [], count: count)
      hasEmptyLine = Array(repeating: false, count: count)
    }

    mutating func read(
      _ range: Range<Int>, of row: Int, in bytes: Span<UInt8>, line: Int, location: SourceLocation,
      from origin: EntryOrigin
    ) {
      if bytes.trimmed(range).isEmpty {
        if hasEmptyLine[row] { faults[row] = "\(origin.path):\(line): a second empty table" }
        hasEmptyLine[row] = true
        return
      }
      do throws(ParseError) {
        let target = try Target.parse(
          bytes, range, line: line, location: location, from: origin)
        let due = targets[row].last.map { $0.startSector + $0.sectorCount } ?? 0
        guard target.startSector == due else {
          throw origin.expected("the target at sector \(due)", in: bytes, range, line: line)
        }
        if targets[row].isEmpty { targets[row] = [target] } else { targets[row].append(target) }
      } catch {
        if faults[row] == nil { faults[row] = error.description }
      }
    }

    func table(at index: Int, of rows: [MappingRow]) -> Observed<[Target]> {
      if !faults.isEmpty, let fault = faults[index] { return gap(fault) }
      let targets = targets[index]
      let due = rows[index].segmentCount
      guard targets.count == due, hasEmptyLine[index] == targets.isEmpty else {
        return gap("\(rows[index].name) has \(targets.count) of \(due) targets")
      }
      return .present(targets)
    }

    private func gap(_ reason: String) -> Observed<[Target]> {
      .unavailable(Gap(source: .dmsetupTable, reason: reason))
    }
  }
}

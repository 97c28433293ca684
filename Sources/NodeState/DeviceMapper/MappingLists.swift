import BundleFormat

/// dmsetup's lists of one reading, read side by side.
///
/// They come in the same order, so a mapping is made of the lines that stand next in each. Where they are not
/// in step, since a mapping came or went in between or a name has a line break in it, nothing is read here:
/// ``MappingRow``, ``MappingTables`` and ``MappingDependencies`` find out what belongs together.
struct MappingLists {
  let info: SourceReader.Text
  let table: SourceReader.Text
  /// Nil where the tables have to say what a mapping lies on.
  let dependencies: SourceReader.Text?

  /// Returns the mappings in the order of `info`; nil unless each list has just the lines that are due.
  ///
  /// - Parameter first: The first reading, for the second: a mapping of which both say the same is that of
  ///   the first.
  func mappings(repeating first: MappingsBefore?) -> [Mapping]? {
    let columns = MappingColumns(argv: info.argv)
    let texts = [info, table] + (dependencies.map { [$0] } ?? [])
    guard columns.areUsual, texts.allSatisfy({ $0.bytes.last == UInt8(ascii: "\n") }) else {
      return nil
    }
    let (rows, tables) = (info.bytes.span, table.bytes.span)
    var lines = LineWalk()
    var targets = TableWalk(table.origin)
    var devices = dependencies.map { DependencyWalk($0.bytes) }
    var before = first
    var group = MappingRow.KnownGroup()
    var (name, isSorted) = (0..<0, true)
    var mappings: [Mapping] = []
    mappings.reserveCapacity(first?.count ?? rows.count / 96)
    while lines.position < rows.count {
      let start = lines.position
      if let known = before?.mapping(at: &lines, in: rows, &targets.lines, in: tables) {
        mappings.append(known)
      } else {
        guard let line = lines.next(in: rows),
          let row = MappingRow(
            usual: line, of: rows, separator: columns.separator,
            location: info.origin.location(lines.number, line), group: &group),
          case let name = start..<(start + row.name.utf8.count),
          let table = targets.table(of: row, named: name, of: rows, in: tables)
        else { return nil }
        var lower: [DeviceNumber]?
        if devices != nil {
          lower = devices?.devices(of: name, of: rows)
          if lower == nil { return nil }
        }
        mappings.append(Mapping(row, table: .present(table), dependencies: lower))
        before?.pass(row.name)
      }
      let next = start..<(start + mappings[mappings.count - 1].name.utf8.count)
      isSorted = isSorted && (mappings.count == 1 || rows.precedes(name, next))
      name = next
    }
    guard targets.lines.position >= tables.count, devices?.isAtEnd ?? true else { return nil }
    return isSorted || Set(mappings.lazy.map(\.name)).count == mappings.count ? mappings : nil
  }
}

/// A walk down the tables.
private struct TableWalk {
  var lines = LineWalk()
  private let origin: EntryOrigin

  init(_ origin: EntryOrigin) { self.origin = origin }

  /// Reads the lines that stand next; nil unless they are as many as the mapping has targets, and a table.
  mutating func table(
    of row: MappingRow, named name: Range<Int>, of names: Span<UInt8>, in bytes: Span<UInt8>
  ) -> [Target]? {
    var targets: [Target] = []
    var due = 0
    repeat {
      guard let line = lines.next(in: bytes),
        let rest = bytes.rest(of: line, behind: name, of: names)
      else { return nil }
      if row.segmentCount == 0 { return bytes.trimmed(rest).isEmpty ? [] : nil }
      guard
        let target = try? Target.parse(
          bytes, rest, line: lines.number, location: origin.location(lines.number, line),
          from: origin), target.startSector == due
      else { return nil }
      due += target.sectorCount
      // Nearly all have one.
      if targets.isEmpty { targets = [target] } else { targets.append(target) }
    } while targets.count < row.segmentCount
    return targets
  }
}

/// A walk down the lists of what mappings lie on.
private struct DependencyWalk {
  private let content: [UInt8]
  private var lines = LineWalk()
  /// Most mappings lie on the same device as the one before: equal lists are read and kept once.
  private var last: (range: Range<Int>, devices: [DeviceNumber]) = (0..<0, [])

  init(_ content: [UInt8]) { self.content = content }

  var isAtEnd: Bool { lines.position >= content.count }

  /// Reads the line that stands next; nil unless it is that mapping's.
  mutating func devices(of name: Range<Int>, of names: Span<UInt8>) -> [DeviceNumber]? {
    let content = content
    let bytes = content.span
    guard let line = lines.next(in: bytes),
      let rest = bytes.rest(of: line, behind: name, of: names)
    else { return nil }
    if !bytes.equals(rest, last.range, of: bytes) {
      guard let devices = MappingDependencies.list(rest, in: bytes) else { return nil }
      last = (rest, devices)
    }
    return last.devices
  }
}

extension Span where Element == UInt8 {
  /// Returns what stands in a line behind a name and a `: `; nil when the line begins otherwise.
  @inline(__always)
  func rest(of line: Range<Int>, behind name: Range<Int>, of names: Span<UInt8>) -> Range<Int>? {
    let colon = line.lowerBound + name.count
    guard colon + 2 <= line.upperBound, starts(colon..<line.upperBound, with: ": "),
      equals(line.lowerBound..<colon, name, of: names)
    else { return nil }
    return (colon + 2)..<line.upperBound
  }
}

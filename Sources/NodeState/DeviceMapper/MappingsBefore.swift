/// The first reading's mappings, for finding those of which the second one says the same.
///
/// Both lists are in the order of names, and nearly all lines are the same.
struct MappingsBefore {
  private let mappings: [Mapping]
  private let info: [UInt8]
  private let table: [UInt8]
  /// Which mapping the second reading should repeat next.
  private var next = 0

  /// - Parameters:
  ///   - info: What the mappings were read from, asked by the same command line as the second list.
  ///   - table: What their tables were read from.
  init(_ mappings: [Mapping], of info: [UInt8], _ table: [UInt8]) {
    self.mappings = mappings
    self.info = info
    self.table = table
  }

  var count: Int { mappings.count }

  /// Goes behind the next lines of both lists if they are those of the mapping that is due, and returns that;
  /// nil, without a step, for any others.
  mutating func mapping(
    at rows: inout LineWalk, in rowBytes: Span<UInt8>, _ tables: inout LineWalk,
    in tableBytes: Span<UInt8>
  ) -> Mapping? {
    guard next < mappings.count else { return nil }
    let mapping = mappings[next]
    guard let lines = mapping.tableLines else { return nil }
    let start = Int(mapping.location.start)
    let line = start..<(start + Int(mapping.location.length))
    let place = rows
    guard rows.skip(line, count: 1, of: info.span, in: rowBytes) else { return nil }
    guard tables.skip(lines.range, count: lines.count, of: table.span, in: tableBytes) else {
      rows = place
      return nil
    }
    next += 1
    return mapping
  }

  /// Takes note of a mapping that repeats none, so that the next one is compared with what follows its name.
  mutating func pass(_ name: String) {
    while next < mappings.count, mappings[next].name < name { next += 1 }
    if next < mappings.count, mappings[next].name == name { next += 1 }
  }
}

extension Mapping {
  /// Where the lines of the table stand, and how many they are; nil where they don't follow each other.
  fileprivate var tableLines: (range: Range<Int>, count: Int)? {
    guard case .present(let targets) = table, let first = targets.first?.location,
      let last = targets.last?.location, Int(last.line) - Int(first.line) + 1 == targets.count
    else { return nil }
    return (Int(first.start)..<(Int(last.start) + Int(last.length)), targets.count)
  }
}

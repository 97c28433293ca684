/// The first reading's list of mappings, for finding the lines that the second one repeats.
///
/// Both lists are in the order of names, and nearly all lines are the same.
struct RowsBefore {
  private let rows: [MappingRow]
  private let bytes: [UInt8]
  /// Which row the second list's next line should repeat.
  private var next = 0

  /// - Parameter bytes: What the rows were read from, asked by the same command line as the second list.
  init(_ rows: [MappingRow], of bytes: [UInt8]) {
    self.rows = rows
    self.bytes = bytes
  }

  var count: Int { rows.count }

  /// Goes behind the next line if it is the same as the one that is due, and returns its row; nil, without a
  /// step, for any other.
  mutating func row(
    at lines: inout LineWalk, in text: Span<UInt8>, from origin: EntryOrigin
  ) -> MappingRow? {
    guard next < rows.count else { return nil }
    let start = Int(rows[next].location.start)
    let range = start..<(start + Int(rows[next].location.length))
    let position = lines.position
    guard lines.skip(range, count: 1, of: bytes.span, in: text) else { return nil }
    var row = rows[next]
    row.location = origin.location(lines.number, position..<(position + range.count))
    row.original = next
    next += 1
    return row
  }

  /// Takes note of a line that repeats none, so that the next one is compared with what follows its name.
  mutating func pass(_ name: String) {
    while next < rows.count, rows[next].name < name { next += 1 }
    if next < rows.count, rows[next].name == name { next += 1 }
  }
}

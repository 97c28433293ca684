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

  /// Returns the row of a line that is the same as the one that is due; nil for any other.
  mutating func row(
    of line: Range<Int>, in text: Span<UInt8>, location: SourceLocation
  ) -> MappingRow? {
    guard next < rows.count else { return nil }
    let start = Int(rows[next].location.start)
    let range = start..<(start + Int(rows[next].location.length))
    guard text.equals(line, range, of: bytes.span) else { return nil }
    var row = rows[next]
    row.location = location
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

/// Finds the mapping that a line of `dmsetup table`, `deps` or `status` is of.
///
/// Mangled names hold no blank, so a line's name is what stands before its first `: `; a name that
/// `dmsetup info` doesn't know is not that of a mapping but a piece of one with a line break in it.
/// All lists come in the order of `info`, so the row after the last one found is tried first.
struct MappingNameFinder {
  private let rows: [MappingRow]
  private var hint = -1
  private var index: [String: Int]?

  init(_ rows: [MappingRow]) { self.rows = rows }

  /// Returns the row that a line is of, and the rest of the line behind the name and its `: `.
  mutating func row(
    of line: Range<Int>, in bytes: Span<UInt8>
  ) -> (row: Int, rest: Range<Int>)? {
    // No name holds a blank: what a line begins with, up to a `: `, is all of its name.
    if let rest = rest(of: line, named: hint + 1, in: bytes) {
      hint += 1
      return (hint, rest)
    }
    if let rest = rest(of: line, named: hint, in: bytes) { return (hint, rest) }
    guard let colon = bytes.firstIndex(of: ": ", in: line) else { return nil }
    if index == nil {
      index = Dictionary(
        rows.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
    guard let found = index?[bytes.text(line.lowerBound..<colon)] else { return nil }
    hint = found
    return (found, (colon + 2)..<line.upperBound)
  }

  /// Returns what stands behind a row's name and a `: `; nil when the line begins otherwise.
  @inline(__always)
  private func rest(
    of line: Range<Int>, named row: Int, in bytes: Span<UInt8>
  ) -> Range<Int>? {
    guard row >= 0, row < rows.count else { return nil }
    let name = rows[row].name
    let known = name.utf8.span
    return bytes.rest(of: line, behind: 0..<known.count, of: known)
  }
}

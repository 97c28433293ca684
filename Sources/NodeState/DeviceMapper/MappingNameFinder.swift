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
    var colon = line.lowerBound
    while true {
      guard let next = bytes.firstIndex(of: UInt8(ascii: ":"), in: colon..<line.upperBound) else {
        return nil
      }
      if next + 1 < line.upperBound, bytes[next + 1] == UInt8(ascii: " ") {
        colon = next
        break
      }
      colon = next + 1
    }
    guard let row = row(named: line.lowerBound..<colon, in: bytes) else { return nil }
    return (row, (colon + 2)..<line.upperBound)
  }

  private mutating func row(named name: Range<Int>, in bytes: Span<UInt8>) -> Int? {
    if isRow(hint + 1, named: name, in: bytes) {
      hint += 1
      return hint
    }
    if isRow(hint, named: name, in: bytes) { return hint }
    if index == nil {
      index = Dictionary(
        rows.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
    guard let found = index?[bytes.text(name)] else { return nil }
    hint = found
    return found
  }

  @inline(__always)
  private func isRow(_ row: Int, named name: Range<Int>, in bytes: Span<UInt8>) -> Bool {
    guard row >= 0, row < rows.count else { return false }
    let text = rows[row].name
    let known = text.utf8.span
    return bytes.equals(name, 0..<known.count, of: known)
  }
}

/// Finds the mapping that a line of `dmsetup table`, `deps` or `status` is of.
///
/// Mangled names hold no blank, so a line's name is what stands before its first `: `; a name that
/// `dmsetup info` doesn't know is not that of a mapping but a piece of one with a line break in it.
/// All lists come in the order of `info`, so the row after the last one found is tried first.
struct MappingNameFinder {
  private let rows: [MappingRow]
  private var hint = 0
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
    for candidate in [hint, hint + 1]
    where candidate < rows.count && Self.equals(rows[candidate].name, name, in: bytes) {
      hint = candidate
      return candidate
    }
    if index == nil {
      index = Dictionary(
        rows.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
    guard let found = index?[bytes.text(name)] else { return nil }
    hint = found
    return found
  }

  private static func equals(_ name: String, _ range: Range<Int>, in bytes: Span<UInt8>) -> Bool {
    guard name.utf8.count == range.count else { return false }
    var index = range.lowerBound
    for byte in name.utf8 {
      if bytes[index] != byte { return false }
      index += 1
    }
    return true
  }
}

import BundleFormat

/// Reads the rows of an LVM report, one at a time: `{"report":[{"lv":[{…},{…}]}],"log":[]}`.
///
/// A row goes by the ``RowTemplate`` of the row before; one that doesn't goes through ``JSONScanner`` and
/// gives the next template.
///
/// Source: `lvs`, `vgs`, `pvs` with `--reportformat json`, lvmreport(7). All values are strings.
struct ReportReader {
  private let bytes: [UInt8]
  private let kind: StaticString
  private let names: [StaticString]
  private let origin: EntryOrigin
  private var cursor: ReportCursor
  private var state = State.start
  private var template = RowTemplate()
  /// Which of the row's values is a column's; -1 for a column that the report lacks.
  private var slots: [Int]
  /// What the row's values are ranges of: the report, but where the row has escapes.
  private var text: [UInt8]
  private var rowLine = 1

  private enum State { case start, firstRow, rows, end }

  /// - Parameters:
  ///   - kind: The key of the rows: `lv`, `vg` or `pv`.
  ///   - columns: The columns that a row can give, in order.
  init(_ bytes: [UInt8], kind: StaticString, columns: [StaticString], from origin: EntryOrigin) {
    (self.bytes, text) = (bytes, bytes)
    self.kind = kind
    names = columns
    self.origin = origin
    cursor = ReportCursor(bytes)
    slots = Array(repeating: -1, count: columns.count)
  }

  /// Returns the next row; nil at the end of a whole report.
  ///
  /// - Throws: ``ParseError`` for anything that is no such report, also for one that breaks off.
  mutating func next() throws(ParseError) -> ReportRow? {
    guard try move() else { return nil }
    return ReportRow(
      text: text, values: template.values, slots: slots, names: names,
      location: origin.location(rowLine, template.row), origin: origin)
  }

  /// Moves to the next row; false at the end.
  private mutating func move() throws(ParseError) -> Bool {
    if state == .start {
      try open()
      state = .firstRow
    }
    if state == .end { return false }
    cursor.skipBlanks()
    if state == .rows {
      if cursor.peek == UInt8(ascii: ",") {
        cursor.position += 1
        cursor.skipBlanks()
      } else {
        try close()
        return false
      }
    } else if cursor.peek == UInt8(ascii: "]") {
      try close()
      return false
    }
    state = .rows
    if !readByTemplate() { try readByGrammar() }
    return true
  }

  // MARK: Rows

  /// Reads a row that follows the template; returns false, with nothing read, for any other.
  private mutating func readByTemplate() -> Bool {
    let bytes = bytes
    let span = bytes.span
    let isAlike = template.move(to: cursor.position, in: span) { _, _, same in
      span.firstOutsideText(from: same)
    }
    guard isAlike else { return false }
    rowLine = cursor.line
    cursor.position = template.row.upperBound
    return true
  }

  /// Reads any row, and makes it the template if it is one plain line.
  private mutating func readByGrammar() throws(ParseError) {
    do throws(JSONError) {
      try readObject()
    } catch {
      throw .malformedJSON(problem: error.reason, path: origin.path, line: error.line)
    }
  }

  private mutating func readObject() throws(JSONError) {
    let start = cursor.position
    rowLine = cursor.line
    var scanner = JSONScanner(bytes, in: start..<bytes.count, line: cursor.line)
    guard try scanner.next() == .beginObject else {
      throw .unexpectedByte(cursor.peek ?? 0, line: cursor.line, expected: "a row")
    }
    slots = Array(repeating: -1, count: names.count)
    text = bytes
    var values: [Range<Int>] = []
    var escapes: [Bool] = []
    var isPlain = true
    while try scanner.next() == .key {
      for (column, name) in names.enumerated() where scanner.matches(name) {
        slots[column] = values.count
      }
      let token = try scanner.next()
      if token == .beginObject || token == .beginArray {
        throw .unexpectedByte(
          bytes[scanner.range.lowerBound], line: scanner.line, expected: "a text")
      }
      isPlain = isPlain && token == .string && !scanner.hasEscapes
      let range = scanner.range
      values.append(token == .null ? range.upperBound..<range.upperBound : range)
      escapes.append(token == .string && scanner.hasEscapes)
    }
    let end = scanner.range.upperBound
    if escapes.contains(true) { decode(&values, escapes, with: scanner) }
    template = RowTemplate(
      row: start..<end, values: values, isPlain: isPlain && scanner.line == cursor.line)
    cursor.move(to: end, line: scanner.line)
  }

  private mutating func decode(
    _ values: inout [Range<Int>], _ escapes: [Bool], with scanner: JSONScanner
  ) {
    var decoded: [UInt8] = []
    for index in values.indices {
      let start = decoded.count
      if escapes[index] {
        decoded += scanner.text(in: values[index], hasEscapes: true).utf8
      } else {
        decoded += bytes[values[index]]
      }
      values[index] = start..<decoded.count
    }
    text = decoded
  }

  // MARK: Around the rows

  private mutating func open() throws(ParseError) {
    try expect("{")
    try expectKey("report")
    try expect("[")
    try expect("{")
    try expectKey(kind)
    try expect("[")
  }

  /// Reads the end: `]}]`, LVM's log since 2.03.17, `}`.
  private mutating func close() throws(ParseError) {
    try expect("]")
    try expect("}")
    try expect("]")
    cursor.skipBlanks()
    if cursor.peek == UInt8(ascii: ",") {
      cursor.position += 1
      try expectKey("log")
      var scanner = JSONScanner(
        bytes, in: cursor.position..<bytes.count, line: cursor.line)
      do throws(JSONError) {
        try scanner.skipValue()
      } catch {
        throw .malformedJSON(problem: error.reason, path: origin.path, line: error.line)
      }
      cursor.move(to: scanner.range.upperBound, line: scanner.line)
    }
    try expect("}")
    cursor.skipBlanks()
    guard cursor.position == bytes.count else { throw unexpected("the end of the report") }
    state = .end
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(ParseError) {
    cursor.skipBlanks()
    guard cursor.peek == UInt8(ascii: character) else {
      throw unexpected("an LVM report's \"\(character)\"")
    }
    cursor.position += 1
  }

  private mutating func expectKey(_ key: StaticString) throws(ParseError) {
    cursor.skipBlanks()
    let end = cursor.position + key.utf8CodeUnitCount + 2
    guard end <= bytes.count, bytes[cursor.position] == UInt8(ascii: "\""),
      bytes.span.equals((cursor.position + 1)..<(end - 1), key),
      bytes[end - 1] == UInt8(ascii: "\"")
    else { throw unexpected("an LVM report's \"\(key)\"") }
    cursor.position = end
    try expect(":")
  }

  private func unexpected(_ expectation: String) -> ParseError {
    let end = min(cursor.position + 8, bytes.count)
    return origin.expected(
      expectation, in: bytes.span, cursor.position..<end, line: cursor.line)
  }
}

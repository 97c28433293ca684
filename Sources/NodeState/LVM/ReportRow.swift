/// One row of an LVM report, its fields by the position of their column.
struct ReportRow {
  /// What ``range(_:)`` gives ranges of.
  let text: [UInt8]
  let values: [RowTemplate.Value]
  /// Which of the values is a column's; -1 for a column that the report lacks.
  let slots: [Int]
  let names: [StaticString]
  let location: SourceLocation
  let origin: EntryOrigin

  /// Reads all rows of a small report.
  static func all(
    of bytes: [UInt8], kind: StaticString, columns: [StaticString], from origin: EntryOrigin
  ) throws(ParseError) -> [ReportRow] {
    var reader = ReportReader(bytes, kind: kind, columns: columns, from: origin)
    var rows: [ReportRow] = []
    while let row = try reader.next() { rows.append(row) }
    return rows
  }

  /// Returns where a field's text is; nil when the report lacks the column.
  @inline(__always)
  func range(_ column: Int) -> Range<Int>? {
    let slot = slots[column]
    return slot < 0 ? nil : values[slot].range
  }

  /// Whether a field is known to say what the row before says.
  @inline(__always)
  func isRepeated(_ column: Int) -> Bool {
    let slot = slots[column]
    return slot >= 0 && values[slot].isRepeated
  }

  /// Returns a field's text; nil when the report lacks the column.
  func optional(_ column: Int) -> String? {
    range(column).map { text.span.text($0) }
  }

  /// Whether a field holds a word; LVM prints nothing, or `0` with `--binary`, for "no".
  func flag(_ column: Int) -> Bool {
    let text = optional(column) ?? ""
    return !text.isEmpty && text != "0"
  }

  /// - Throws: ``ParseError`` when there is no text.
  func text(_ column: Int) throws(ParseError) -> String {
    text.span.text(try requiredRange(column))
  }

  /// - Throws: ``ParseError`` when there is no text.
  @inline(__always)
  func requiredRange(_ column: Int) throws(ParseError) -> Range<Int> {
    guard let range = range(column), !range.isEmpty else {
      throw unexpected("a \(names[column])", column)
    }
    return range
  }

  /// - Throws: ``ParseError`` when there is no whole number from 0.
  func number(_ column: Int) throws(ParseError) -> Int {
    guard let number = text.span.integer(try requiredRange(column)) else {
      throw unexpected("a number as \(names[column])", column)
    }
    return number
  }

  /// - Throws: ``ParseError`` when there is no id.
  func id(_ column: Int) throws(ParseError) -> LVMID {
    guard let id = LVMID(text.span, try requiredRange(column)) else {
      throw unexpected("an id as \(names[column])", column)
    }
    return id
  }

  @inline(never)
  func unexpected(_ expectation: String, _ column: Int) -> ParseError {
    origin.expected(expectation, in: text.span, range(column) ?? 0..<0, line: Int(location.line))
  }
}

/// One row of a small LVM report, its fields by name.
struct ReportRow {
  private let reader: ReportReader
  private let names: [StaticString]
  private let origin: EntryOrigin

  /// Reads all rows of a report.
  static func all(
    of bytes: [UInt8], kind: StaticString, columns: [StaticString], from origin: EntryOrigin
  ) throws(ParseError) -> [ReportRow] {
    var reader = ReportReader(bytes, kind: kind, columns: columns, from: origin)
    var rows: [ReportRow] = []
    while try reader.next() {
      rows.append(ReportRow(reader: reader, names: columns, origin: origin))
    }
    return rows
  }

  var location: SourceLocation { reader.location }

  /// Returns a field's text; nil when the report lacks the column.
  func optional(_ column: Int) -> String? {
    guard let range = reader.value(column) else { return nil }
    return String(decoding: reader.text[range], as: UTF8.self)
  }

  /// Whether a field holds a word; LVM prints nothing, or `0` with `--binary`, for "no".
  func flag(_ column: Int) -> Bool {
    let text = optional(column) ?? ""
    return !text.isEmpty && text != "0"
  }

  /// - Throws: ``ParseError`` when there is no text.
  func text(_ column: Int) throws(ParseError) -> String {
    guard let text = optional(column), !text.isEmpty else {
      throw unexpected("a \(names[column])", column)
    }
    return text
  }

  /// - Throws: ``ParseError`` when there is no whole number from 0.
  func number(_ column: Int) throws(ParseError) -> Int {
    guard let number = Int(try text(column)), number >= 0 else {
      throw unexpected("a number as \(names[column])", column)
    }
    return number
  }

  /// - Throws: ``ParseError`` when there is no id.
  func id(_ column: Int) throws(ParseError) -> LVMID {
    guard let id = LVMID(try text(column)) else {
      throw unexpected("an id as \(names[column])", column)
    }
    return id
  }

  private func unexpected(_ expectation: String, _ column: Int) -> ParseError {
    let text = reader.text
    return origin.expected(
      expectation, in: text.span, reader.value(column) ?? 0..<0, line: Int(location.line))
  }
}

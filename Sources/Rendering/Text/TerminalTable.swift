/// Rows of a few short cells and a longer text behind them.
///
/// Without a width each row is one line, its parts two blanks apart: stable, and easy to grep. On a
/// terminal the cells stand in columns, and the text is broken at blanks beside them, or below where
/// there is little room. Nothing is ever cut.
struct TerminalTable {
  struct Row {
    let cells: [String]
    let text: String
  }

  private let rows: [Row]
  private let leastWidths: [Int]
  private let columns: Int?

  /// - Parameters:
  ///   - leastWidths: Of the first cells, with a width or without.
  ///   - columns: The terminal's; nil for one line a row.
  init(rows: [Row], leastWidths: [Int] = [], columns: Int?) {
    self.rows = rows
    self.leastWidths = leastWidths
    self.columns = columns
  }

  /// The columns that a text must have to stand beside the cells.
  private static let leastText = 40
  /// How far the text is indented where it stands below.
  private static let indentation = 10

  /// - Parameter paint: Colours the first cell of a row; the colour takes no room.
  func lines(paint: (Int, String) -> String) -> [String] {
    let widths = cellWidths
    let beside = widths.reduce(0) { $0 + $1 + 2 }
    let isBeside = columns.map { $0 - beside >= Self.leastText } ?? true
    return rows.enumerated().flatMap { position, row -> [String] in
      let cells = row.cells.enumerated().map { index, cell -> String in
        // Nothing stands behind the last cell where the text stands below.
        let width = isBeside || index + 1 < row.cells.count ? widths[index] : 0
        let padding = String(repeating: " ", count: max(0, width - TextWidth.columns(of: cell)))
        return (index == 0 ? paint(position, cell) : cell) + padding
      }.joined(separator: "  ")
      guard let columns else { return ["\(cells)  \(row.text)"] }
      if isBeside {
        let text = Paragraph.wrapped(row.text, indentation: beside, width: columns)
        guard let first = text.first else { return [cells] }
        return ["\(cells)  \(first.dropFirst(beside))"] + text.dropFirst()
      }
      return [cells] + Paragraph.wrapped(row.text, indentation: Self.indentation, width: columns)
    }
  }

  /// The width of each column of cells; without a terminal only what the first ones need at least.
  private var cellWidths: [Int] {
    let count = rows.first?.cells.count ?? 0
    return (0..<count).map { index in
      let least = index < leastWidths.count ? leastWidths[index] : 0
      guard columns != nil else { return least }
      return rows.reduce(least) { max($0, TextWidth.columns(of: $1.cells[index])) }
    }
  }
}

import Testing

@testable import Rendering

struct TerminalTableTests {
  private let rows = [
    TerminalTable.Row(cells: ["critical", "rule", "ssd-vm"], text: "one two three four five six"),
    TerminalTable.Row(cells: ["notice", "a-long-rule", "x"], text: "short"),
  ]

  private func lines(_ columns: Int?) -> [String] {
    TerminalTable(rows: rows, leastWidths: [8], columns: columns).lines { "<\($0)\($1)>" }
  }

  @Test func `without a terminal a row is one line, whole`() {
    #expect(
      lines(nil) == [
        "<0critical>  rule  ssd-vm  one two three four five six",
        "<1notice>    a-long-rule  x  short",
      ])
  }

  @Test func `on a terminal cells stand in columns and the text is broken beside them`() {
    let lines = TerminalTable(rows: rows, leastWidths: [8], columns: 75).lines { $1 }
    #expect(lines[0] == "critical  rule         ssd-vm  one two three four five six")
    #expect(lines[1] == "notice    a-long-rule  x       short")
    let long = TerminalTable(
      rows: [.init(cells: ["a"], text: String(repeating: "word ", count: 20))], columns: 50
    ).lines { $1 }
    #expect(long.count == 3)
    #expect(long[1].hasPrefix("   word"))
    #expect(long.allSatisfy { TextWidth.columns(of: $0) <= 50 })
  }

  @Test func `where there is little room the text stands below`() {
    let lines = lines(40)
    #expect(lines[0] == "<0critical>  rule         ssd-vm")
    #expect(lines[1] == "          one two three four five six")
    #expect(lines.joined(separator: " ").contains("short"))
  }

  @Test func `no row is no line`() {
    #expect(TerminalTable(rows: [], columns: 80).lines { $1 }.isEmpty)
  }

  @Test(arguments: [("abc", 3), ("漢字", 4), ("e\u{301}", 1), ("ä", 1), ("", 0)])
  func `width is what a terminal shows`(text: String, columns: Int) {
    #expect(TextWidth.columns(of: text) == columns)
  }
}

import Analysis
import BundleFormat
import NodeState

/// Every source as it was collected: what was asked, what came of it, and the first lines of the answer.
struct RawSourcesSection {
  private let index: PageIndex

  init(_ index: PageIndex) { self.index = index }

  /// How much of one entry is shown, and of all: a page that people mail stays small. The bundle has it all.
  private static let entryBytes = 8_192
  private static let totalBytes = 65_536

  func write(to html: inout HTMLWriter) {
    html.section(.sources, note: "as collected, after redaction") { html in
      let bundle = index.snapshot.bundle
      var budget = Self.totalBytes
      for status in index.snapshot.sources {
        let positions =
          bundle.positions(of: status.id) + bundle.positions(of: status.id, reading: 2)
        write(status, positions.map { bundle.entries[$0] }, budget: &budget, to: &html)
      }
    }
  }

  private func write(
    _ status: SourceStatus, _ entries: [BundleEntry], budget: inout Int, to html: inout HTMLWriter
  ) {
    html.markup("<details class=\"source\"")
    html.attribute("id", AnchorNames.anchor(of: status.id))
    html.markup("><summary><code>")
    html.text(status.id.rawValue)
    html.markup("</code> <small>")
    html.text(summary(of: status, entries))
    html.markup("</small></summary>\n")
    let shown = entries.filter { $0.result.reading == 1 && $0.content?.isEmpty == false }
    if shown.isEmpty { html.markup("<p>There is no answer to show.</p>\n") }
    var left = 0
    for entry in shown {
      guard budget > 0 else {
        left += 1
        continue
      }
      write(entry, budget: &budget, to: &html)
    }
    if left > 0 {
      html.markup("<p>")
      html.text("\(Quantity.of(left, "more entry", "more entries")) of this source in the bundle.")
      html.markup("</p>\n")
    }
    html.markup("</details>\n")
  }

  private func summary(of status: SourceStatus, _ entries: [BundleEntry]) -> String {
    let size = entries.reduce(0) { $0 + ($1.content?.count ?? 0) }
    var words = [status.status.rawValue]
    if let detail = status.detail { words.append(detail) }
    if size > 0 { words.append(Quantity.bytes(size)) }
    if entries.count > 2 { words.append(Quantity.of(entries.count, "entry", "entries")) }
    let longest = entries.map(\.result.durationMilliseconds).max() ?? 0
    if longest > 0 { words.append("\(longest) ms") }
    return words.joined(separator: ", ")
  }

  private func write(_ entry: BundleEntry, budget: inout Int, to html: inout HTMLWriter) {
    let planned = entry.result.planned
    html.markup("<p class=\"origin\">")
    html.code(planned.path)
    if let argv = planned.argv {
      html.markup(" by <code>")
      html.text(ShellWord.line(argv))
      html.markup("</code>")
    }
    if let code = entry.result.exitCode, code != 0 { html.text(", exit code \(code)") }
    html.markup("</p>\n")
    let content = entry.content ?? []
    let limit = min(Self.entryBytes, budget)
    let lines = Self.lines(of: content.prefix(limit))
    budget -= min(limit, content.count)
    html.markup("<ol class=\"raw\">\n")
    for line in lines {
      html.markup("<li>")
      html.text(line)
      html.markup("\n")
    }
    html.markup("</ol>\n")
    if content.count > limit {
      html.markup("<p>")
      html.text("The first \(Quantity.bytes(limit)) of \(Quantity.bytes(content.count)).")
      html.markup("</p>\n")
    }
  }

  /// The lines of a text, without the empty one behind the last line break.
  private static func lines(of bytes: ArraySlice<UInt8>) -> [String] {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { String(decoding: $0.map { $0 == 9 ? 32 : $0 }, as: UTF8.self) }
  }
}

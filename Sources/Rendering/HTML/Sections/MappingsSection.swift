import Analysis
import BundleFormat
import NodeState

/// Every mapping with its verdict; those that are as they should be are folded away.
struct MappingsSection {
  private let index: PageIndex

  init(_ index: PageIndex) { self.index = index }

  func write(to html: inout HTMLWriter) {
    html.section(.mappings) { html in
      guard index.snapshot.areMappingsRead else {
        return html.element("p", text: "The mappings could not be read; see missing sources.")
      }
      let all = index.assessment.verdicts.indices
      let calm = all.filter(isCalm)
      let troubled = Severity.allCases.reversed().flatMap { severity in
        all.filter { !isCalm($0) && index.assessment.verdicts[$0].severity == severity }
      }
      if !troubled.isEmpty {
        writeTable(
          troubled, caption: "Mappings to look at, worst first, and the unknown",
          isWorstFirst: true, to: &html)
      }
      if !calm.isEmpty {
        let title = "\(Quantity.of(calm.count, "mapping")) with nothing to do"
        html.folded(title, isOpen: false) {
          writeTable(calm, caption: title, isWorstFirst: false, to: &$0)
        }
      }
      if all.isEmpty { html.element("p", text: "There is no mapping on this node.") }
      writeMissing(to: &html)
    }
  }

  private func isCalm(_ position: Int) -> Bool {
    let verdict = index.assessment.verdicts[position]
    return verdict.severity == .info && verdict.classification != .unknown
  }

  /// - Parameter isWorstFirst: Else they stand in the order of their names.
  private func writeTable(
    _ positions: [Int], caption: String, isWorstFirst: Bool, to html: inout HTMLWriter
  ) {
    html.markup("<table data-table=\"mappings\"")
    html.attribute(
      "class",
      "mappings\(index.comparison == nil ? "" : " compared")\(PageIndex.isLong(positions.count) ? " long" : "")"
    )
    html.markup("><caption>")
    html.text(caption)
    html.markup(
      """
      </caption>
      <thead><tr><th scope="col"
      """)
    html.markup(isWorstFirst ? "" : " aria-sort=\"ascending\"")
    html.markup(">Mapping</th><th scope=\"col\" data-s")
    html.markup(isWorstFirst ? " aria-sort=\"descending\"" : "")
    html.markup(
      """
      >Severity</th><th scope="col">Class</th><th scope="col">Rule</th><th scope="col" data-n>Guest</th>\
      <th scope="col">Storage</th><th scope="col" data-n>Open</th><th scope="col">Why</th>
      """)
    if index.comparison != nil { html.markup("<th scope=\"col\">v27 said</th>") }
    html.markup("</tr></thead>\n<tbody>\n")
    for position in positions { writeRow(at: position, to: &html) }
    html.markup("</tbody></table>\n")
  }

  /// End tags that HTML lets go are left out: a big node has ten thousand rows.
  private func writeRow(at position: Int, to html: inout HTMLWriter) {
    let facts = index.inventory.mappings[position]
    let verdict = index.assessment.verdicts[position]
    html.markup("<tr")
    html.attribute("id", index.mappingAnchors[position])
    html.markup("><th scope=row>")
    html.text(facts.mapping.name)
    html.markup(" <small>")
    html.text(facts.mapping.device.description)
    html.markup("</small><td>")
    if verdict.severity > .info { html.badge(verdict.severity) } else { html.markup("info") }
    html.markup("<td>")
    html.text(verdict.classification.rawValue)
    html.markup("<td>")
    html.text(verdict.rule.name)
    html.markup("<td>")
    if let owner = index.owners[position] {
      html.text(owner.guest.number)
      html.markup(" ")
      html.text(owner.state.words)
    }
    html.markup("<td>")
    if let storage = index.storage(ofMappingAt: position) { html.text(storage.id) }
    html.markup("<td>")
    html.text(facts.ownOpenCount)
    if facts.mapping.openCount != facts.ownOpenCount {
      html.markup(" <small>and ")
      html.text(facts.mapping.openCount - facts.ownOpenCount)
      html.markup(" by partitions</small>")
    }
    html.markup("<td>")
    html.text(verdict.why)
    if let comparison = index.comparison {
      html.markup("<td>")
      let words = comparison.words[position].map(\.rawValue)
      html.text(words.isEmpty ? "nothing" : words.joined(separator: " and "))
    }
    html.markup("\n")
  }

  /// Configured disks without a mapping, and what the predecessor misses.
  private func writeMissing(to html: inout HTMLWriter) {
    let missing = Severity.allCases.reversed().filter { $0 > .info }.flatMap { severity in
      index.assessment.missing.filter { $0.severity == severity }
    }
    if !missing.isEmpty {
      html.markup(
        """
        <table class="missing" data-table="missing"><caption>Configured disks without mapping or volume</caption>
        <thead><tr><th scope="col">Guest and slot</th><th scope="col" data-s aria-sort="descending">Severity</th>\
        <th scope="col">Rule</th><th scope="col">Volume</th><th scope="col">Why</th></tr></thead>
        <tbody>

        """)
      for row in missing { write(row, to: &html) }
      html.markup("</tbody></table>\n")
    }
    if let theirs = index.comparison?.missing, !theirs.isEmpty {
      html.folded("\(Quantity.of(theirs.count, "disk")) that v27 called missing") { html in
        html.markup("<ul>\n")
        for row in theirs { html.element("li", text: "\(row.subject) \(row.volume)") }
        html.markup("</ul>\n")
      }
    }
  }

  private func write(_ row: MissingDisk, to html: inout HTMLWriter) {
    html.markup("<tr><th scope=\"row\">")
    html.text(row.subject)
    html.markup("</th><td>")
    html.badge(row.severity)
    html.markup("</td><td>")
    html.text(row.rule.name)
    html.markup("</td><td>")
    html.code(row.volume)
    html.markup("</td><td>")
    html.text(row.why)
    html.markup("</td></tr>\n")
  }
}

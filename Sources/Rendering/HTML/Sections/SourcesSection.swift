import Analysis
import BundleFormat
import NodeState

/// What was not collected, what depends on it, and the command that fills each gap.
struct SourcesSection {
  private let index: PageIndex
  private let needs = RuleNeeds()

  init(_ index: PageIndex) { self.index = index }

  /// Sources whose lack somebody should know of: required ones, and those that were asked in vain.
  var gaps: [SourceStatus] {
    index.snapshot.sources.filter {
      $0.status != .present && ($0.id.isRequired || $0.status != .missing)
    }
  }

  /// Sources that the node doesn't have, or that an older collector didn't ask.
  private var absent: [SourceStatus] {
    index.snapshot.sources.filter { $0.status == .missing && !$0.id.isRequired }
  }

  func write(to html: inout HTMLWriter) {
    html.section(.missingSources) { html in
      if gaps.isEmpty {
        let isDoubted = index.assessment.findings.contains { $0.rule === Rule.sourceMissing }
        html.element(
          "p",
          text: "Every source that a verdict requires was collected and understood"
            + (isDoubted ? "; what does not decide all the same stands in the findings." : "."))
      } else {
        writeTable(
          gaps, caption: "Run the command on the node to see why; then collect again.", to: &html)
      }
      if !absent.isEmpty {
        html.folded("\(Quantity.of(absent.count, "optional source")) that the bundle does not have")
        {
          writeTable(
            absent, caption: "No gap: the tool or file is not there, or was not asked.", to: &$0)
        }
      }
    }
  }

  private func writeTable(_ sources: [SourceStatus], caption: String, to html: inout HTMLWriter) {
    html.markup("<table class=\"sources\"><caption>")
    html.text(caption)
    html.markup(
      """
      </caption>
      <thead><tr><th scope="col">Source</th><th scope="col">State</th><th scope="col">Needed for</th>\
      <th scope="col">Look with</th></tr></thead>
      <tbody>

      """)
    for source in sources {
      html.markup("<tr><th scope=\"row\">")
      html.code(source.id.rawValue)
      html.markup("</th><td>")
      if source.isRequiredGap { html.badge(.warning); html.markup(" ") }
      html.text(source.detail ?? source.status.rawValue)
      html.markup("</td><td>")
      writeNeeds(needs.rules(for: source.id), to: &html)
      html.markup("</td><td>")
      html.command(SourceCommand.text(for: source.id, in: index.snapshot.bundle.manifest))
      html.markup("</td></tr>\n")
    }
    html.markup("</tbody></table>\n")
  }

  private func writeNeeds(_ rules: [String], to html: inout HTMLWriter) {
    let most = 4
    html.text(
      rules.isEmpty ? "the host's picture only" : rules.prefix(most).joined(separator: ", "))
    if rules.count > most { html.text(" and \(rules.count - most) more rules") }
  }
}

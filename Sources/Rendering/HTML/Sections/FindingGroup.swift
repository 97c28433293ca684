import Analysis
import BundleFormat
import NodeState

/// The findings of one rule and severity: what it means is said once, above them.
struct FindingGroup {
  private let rule: Rule
  /// Positions in ``Assessment/findings``.
  private let findings: [Int]

  /// Groups findings that stand in their order; two variants of a rule are two groups.
  static func groups(of positions: [Int], in findings: [Finding]) -> [FindingGroup] {
    FindingKind.positions(positions, in: findings).map {
      FindingGroup(rule: findings[$0[0]].rule, findings: $0)
    }
  }

  func write(to html: inout HTMLWriter, _ index: PageIndex, drawn: inout Set<Int>) {
    let severity = index.assessment.findings[findings[0]].severity
    html.markup("<div")
    html.attribute("class", "group \(severity.name)")
    html.markup(">\n<h4>")
    html.text(rule.title)
    html.markup("</h4>\n<p class=\"rule\"><code>")
    html.text(rule.name)
    html.markup("</code>")
    if let classification = rule.classification {
      html.markup(" <span>class ")
      html.text(classification.rawValue)
      html.markup("</span>")
    }
    html.markup(" <span>")
    html.text(Quantity.of(findings.count, "finding"))
    html.markup("</span></p>\n")
    writeExplanation(of: index.assessment, to: &html)
    for position in findings {
      FindingCard(index.assessment.findings[position], index).write(
        to: &html, anchor: index.findingAnchors[position], drawn: &drawn)
    }
    html.markup("</div>\n")
  }

  private func writeExplanation(of assessment: Assessment, to html: inout HTMLWriter) {
    let explanation = rule.explanation
    let remedy = ReportWords.remedy(of: findings.map { assessment.findings[$0] })
    html.markup("<dl class=\"about\">\n")
    for (term, words) in [
      ("What it is", explanation.meaning), ("Why it matters", explanation.harm),
      ("How it comes about", explanation.cause), ("What helps", remedy),
      ("What does not", explanation.wrongRemedy),
    ] where !words.isEmpty {
      html.markup(term == "What does not" ? "<div class=\"wrong\"><dt>" : "<div><dt>")
      html.text(term)
      html.markup("</dt><dd>")
      html.text(words)
      html.markup("</dd></div>\n")
    }
    html.markup("</dl>\n")
  }
}

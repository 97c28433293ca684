import Analysis
import BundleFormat
import NodeState

/// The findings that count, worst first; those of one rule stand under its explanation.
struct FindingsSection {
  private let index: PageIndex

  init(_ index: PageIndex) { self.index = index }

  func write(to html: inout HTMLWriter) {
    let findings = index.assessment.findings
    let counting = findings.indices.filter { findings[$0].ignored == nil }
    html.section(.findings) { html in
      // A browser draws what is in sight first, where there are many.
      if counting.count > 60 { html.markup("<div class=\"many\">\n") }
      defer { if counting.count > 60 { html.markup("</div>\n") } }
      if counting.isEmpty {
        html.element(
          "p", text: findings.isEmpty ? "No findings." : "No findings but ignored ones.")
      }
      var drawn: Set<Int> = []
      for severity in Severity.allCases.reversed() {
        let those = counting.filter { findings[$0].severity == severity }
        guard !those.isEmpty else { continue }
        html.markup("<h3 class=\"severity\">")
        html.badge(severity)
        html.markup(" <small>")
        html.text(Self.words(for: severity))
        html.markup("</small></h3>\n")
        for group in FindingGroup.groups(of: those, in: findings) {
          group.write(to: &html, index, drawn: &drawn)
        }
      }
    }
  }

  private static func words(for severity: Severity) -> String {
    switch severity {
    case .critical: "hurts now or endangers data"
    case .warning: "will hurt"
    case .notice: "hygiene"
    case .info: "normal, worth seeing"
    }
  }
}

/// The findings that an ignore list takes out of the count, each with the reason.
struct IgnoredSection {
  private let index: PageIndex

  init(_ index: PageIndex) { self.index = index }

  var isThere: Bool { index.assessment.findings.contains { $0.ignored != nil } }

  func write(to html: inout HTMLWriter) {
    let findings = index.assessment.findings
    let ignored = findings.indices.filter { findings[$0].ignored != nil }
    guard !ignored.isEmpty else { return }
    html.section(.ignored, note: "they count neither for the grade nor for the exit status") {
      html in
      for position in ignored {
        let finding = findings[position]
        html.markup("<article class=\"finding ignored\"")
        html.attribute("id", index.findingAnchors[position])
        FindingCard(finding, index).writeFilterKeys(to: &html)
        html.markup(">\n<h3>")
        html.badge(finding.severity)
        html.markup(" ")
        html.code(finding.id)
        html.markup("</h3>\n<p class=\"why\">")
        html.text(finding.why)
        html.markup("</p>\n<p class=\"note\">Ignored")
        if let until = finding.ignored?.until { html.text(" until \(until)") }
        html.markup(": ")
        html.text(finding.ignored?.reason ?? "")
        html.markup("</p>\n")
        EvidenceList(finding.evidence, index).write(to: &html, isOpen: false)
        html.markup("</article>\n")
      }
    }
  }
}

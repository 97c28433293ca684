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

import Analysis

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

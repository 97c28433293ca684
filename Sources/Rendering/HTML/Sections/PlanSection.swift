import Analysis
import BundleFormat
import NodeState

/// What could be removed, how, and under which name the plan goes.
struct PlanSection {
  private let index: PageIndex

  init(_ index: PageIndex) { self.index = index }

  private var plan: RemediationPlan { index.assessment.plan }

  func write(to html: inout HTMLWriter) {
    html.section(.plan) { html in
      let steps = plan.phase1 + plan.phase2
      if steps.isEmpty {
        html.element("p", text: emptyWords)
      } else {
        writePhases(to: &html)
        writeCommands(to: &html)
        html.folded("\(ReportWords.count(of: steps, "step")) of the plan") {
          writeSteps(steps, to: &$0)
        }
      }
      if !plan.refused.isEmpty { writeRefused(to: &html) }
    }
  }

  private var emptyWords: String {
    if index.assessment.policy == .v27 {
      return "v27's rules are for comparison: they never propose a step."
    }
    if index.snapshot.bundle.manifest.redaction == .strict {
      return "This bundle was redacted strictly: pseudonyms prove nothing, so there is no step."
    }
    if !index.snapshot.areMappingsRead {
      return "The mappings are unknown: nothing is offered."
    }
    let isLeft = index.assessment.verdicts.contains {
      [.stale, .orphaned, .duplicate, .wrong].contains($0.classification)
    }
    return isLeft || index.assessment.grade.letter == nil || !plan.refused.isEmpty
      ? "Nothing is offered: what could be left over is in use, wanted, for people to decide, or unknown."
      : "There is nothing to remove."
  }

  private func writePhases(to html: inout HTMLWriter) {
    html.markup("<ul class=\"tally\">\n<li><b>")
    html.text(ReportWords.count(of: plan.phase1))
    html.markup("</b> in phase 1, which may run without questions</li>\n<li><b>")
    html.text(ReportWords.count(of: plan.phase2))
    html.markup("</b> in phase 2, one question an entry</li>\n")
    if !plan.refused.isEmpty {
      html.markup("<li><b>")
      html.text(plan.refused.count)
      html.markup("</b> refused</li>\n")
    }
    html.markup("</ul>\n")
  }

  private func writeCommands(to html: inout HTMLWriter) {
    let script = index.scriptName
    html.markup(
      "<p>The script stands beside this report after <code>dmanalyze BUNDLE -o DIR</code>. ")
    html.markup("Copy it to ")
    html.code(index.nodeName)
    html.markup(" and run it there as root, within 24 hours of the collection. ")
    html.markup("It proves every step again before it acts.</p>\n")
    html.markup("<dl class=\"runs\">\n")
    for (words, arguments) in [
      ("Check, and change nothing", ["sh", script]),
      ("Ask about each entry", ["sh", script, "--interactive"]),
      ("Phase 1 without questions", ["sh", script, "--yes"]),
    ] {
      html.element("dt", text: words)
      html.markup("<dd>")
      html.command(ShellWord.line(arguments))
      html.markup("</dd>\n")
    }
    html.markup(
      "</dl>\n<p class=\"note\">The plan's name, the same in the script's line <code>plan=</code>: <code>"
    )
    html.text(PlanDigest(of: plan).hex)
    html.markup("</code></p>\n")
  }

  private func writeSteps(_ steps: [RemediationStep], to html: inout HTMLWriter) {
    html.markup(
      """
      <table class="steps"><caption>In the order in which they go; a mapping's partitions go before it. \
      The script proves each again, so run it rather than these commands.</caption>
      <thead><tr><th scope="col">Phase</th><th scope="col">Mapping</th><th scope="col">Rule</th>\
      <th scope="col">What it runs</th></tr></thead>
      <tbody>

      """)
    for step in steps {
      for part in step.children + [step] {
        html.markup("<tr><td class=\"n\">")
        html.text(part.phase)
        html.markup("</td><th scope=\"row\">")
        let anchor = index.positions[part.mapping].map { index.mappingAnchors[$0] }
        if let anchor { html.link(to: anchor, code: part.mapping) } else { html.code(part.mapping) }
        html.markup("</th><td>")
        html.text(part.rule.name)
        html.markup("</td><td>")
        html.code(ShellWord.line(part.argv))
        html.markup("</td></tr>\n")
      }
    }
    html.markup("</tbody></table>\n")
  }

  private func writeRefused(to html: inout HTMLWriter) {
    html.markup("<h3>Refused</h3>\n<ul>\n")
    for refused in plan.refused {
      html.markup("<li>")
      html.code(refused.mapping)
      html.markup(": ")
      html.text(refused.why)
      html.markup("</li>\n")
    }
    html.markup("</ul>\n")
  }
}

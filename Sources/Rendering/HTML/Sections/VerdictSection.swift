import Analysis
import BundleFormat
import NodeState

/// The grade and how it came about, then how many there are of what.
struct VerdictSection {
  private let index: PageIndex

  init(_ index: PageIndex) { self.index = index }

  private var assessment: Assessment { index.assessment }
  private var grade: Grade { index.assessment.grade }

  func write(to html: inout HTMLWriter) {
    html.section(.verdict) { html in
      html.markup("<div class=\"verdict\">\n")
      GradePicture(grade).write(to: &html)
      html.markup("<div>\n<p class=\"lead\">")
      html.text(lead)
      html.markup("</p>\n")
      writeReasons(to: &html)
      html.markup("</div>\n</div>\n")
      writeSeverities(to: &html)
      if let mappings = assessment.summary.mappings {
        ClassPicture(mappings).write(to: &html)
      } else {
        html.element("p", text: "How many mappings there are is unknown: they could not be read.")
      }
      writeOpinion(to: &html)
    }
  }

  /// The verdict in a sentence or two.
  private var lead: String {
    let counting = assessment.findings.filter { $0.ignored == nil }
    let critical = counting.count { $0.severity == .critical }
    let warning = counting.count { $0.severity == .warning }
    let notice = counting.count { $0.severity == .notice }
    var sentences: [String] = []
    if grade.letter == nil { sentences.append("Too much is unknown for a grade.") }
    if critical > 0 {
      let verb = critical == 1 ? "hurts" : "hurt"
      sentences.append(
        "\(Quantity.of(critical, "critical finding")) \(verb) now or "
          + "\(critical == 1 ? "endangers" : "endanger") data.")
    }
    if warning > 0 { sentences.append("\(Quantity.of(warning, "warning")) will hurt later.") }
    if critical == 0, warning == 0 {
      let unjudged = assessment.verdicts.contains { $0.classification == .unknown }
      sentences.append(
        "Nothing was found that hurts or will hurt\(unjudged ? ", as far as could be judged" : "")."
      )
      if notice > 0 { sentences.append("\(Quantity.of(notice, "notice")) for tidiness.") }
    }
    return sentences.joined(separator: " ")
  }

  private func writeReasons(to html: inout HTMLWriter) {
    html.markup("<ul class=\"reasons\">\n")
    if let score = grade.score {
      html.markup("<li><b>")
      html.text("\(score) of 100")
      html.markup("</b> points")
      if grade.deductions.isEmpty { html.markup(", nothing deducted") }
      html.markup("</li>\n")
    }
    for reason in assessment.ungradedReasons { write(reason, to: &html) }
    for deduction in grade.deductions {
      html.markup("<li><b>−")
      html.text(deduction.points)
      html.markup("</b> for ")
      html.text(deduction.reason)
      html.markup("</li>\n")
    }
    if let cap = grade.cap {
      html.markup("<li>capped at <b>")
      html.text(cap.letter.name)
      html.markup("</b> by ")
      html.link(to: index.anchorsByFinding[cap.finding] ?? cap.finding, code: cap.finding)
      html.markup("</li>\n")
    }
    writeOutlook(to: &html)
    html.markup("</ul>\n")
  }

  /// How many mappings are linked to; all of them stand in the table of mappings.
  private static let mostLinks = 8

  private func write(_ reason: UngradedReason, to html: inout HTMLWriter) {
    html.markup("<li>")
    html.text(ReportWords.words(of: reason, assessment))
    if case .unjudged(let positions) = reason {
      for (number, position) in positions.prefix(Self.mostLinks).enumerated() {
        html.markup(number == 0 ? ": " : ", ")
        html.link(
          to: index.mappingAnchors[position],
          code: index.inventory.mappings[position].mapping.name)
      }
      let more = positions.count - Self.mostLinks
      if more > 0 {
        html.markup(" and <a href=\"#mappings\">")
        html.text("\(Quantity.count(more)) more")
        html.markup("</a>")
      }
    }
    html.markup("</li>\n")
  }

  private func writeOutlook(to html: inout HTMLWriter) {
    if let status = grade.status { html.element("li", text: "\(status), by v27's words") }
    let plan = assessment.plan
    if let after = grade.afterCleanup, !plan.phase1.isEmpty || !plan.phase2.isEmpty {
      html.markup("<li>after the cleanup: <b>")
      html.text(after.name)
      html.markup("</b>")
      if after == grade.letter { html.markup(", since not all of it is for a script") }
      html.markup("</li>\n")
    }
    if let other = grade.withIgnored {
      html.markup("<li>if nothing was ignored: <b>")
      html.text(other.name)
      html.markup("</b></li>\n")
    }
  }

  private func writeSeverities(to html: inout HTMLWriter) {
    html.markup("<ul class=\"tally\">\n")
    for severity in [Severity.critical, .warning, .notice] {
      let count = assessment.findings.count { $0.severity == severity && $0.ignored == nil }
      html.markup("<li><b>")
      html.text(Quantity.count(count))
      html.markup("</b> ")
      html.badge(severity)
      html.markup("</li>\n")
    }
    let summary = assessment.summary
    let (missing, unmapped) = (summary.missing ?? 0, summary.missingNormal ?? 0)
    if summary.missing == nil { html.element("li", text: "missing disks unknown") }
    for (count, word) in [
      (missing, "missing \(missing == 1 ? "disk" : "disks")"),
      (summary.ignored, "ignored"),
      (unmapped, "unmapped \(unmapped == 1 ? "disk" : "disks") of stopped guests, as it should be"),
    ] where count > 0 {
      html.markup("<li><b>")
      html.text(Quantity.count(count))
      html.markup("</b> ")
      html.text(word)
      html.markup("</li>\n")
    }
    html.markup("</ul>\n")
  }

  /// What the predecessor says of the node as a whole.
  private func writeOpinion(to html: inout HTMLWriter) {
    guard let opinion = index.comparison else { return }
    html.markup("<p class=\"note\"><b>v27 said:</b> ")
    if let gap = opinion.gap {
      html.text("nothing, since it asks qm list, and \(gap.description)")
    } else {
      let grade = opinion.grade
      html.text(
        "grade \(grade.letter?.name ?? "none"), \(grade.status ?? ""), \(opinion.valid) valid, "
          + "\(opinion.stale) stale, \(opinion.orphaned) orphaned, 0 duplicate, "
          + "\(opinion.missing.count) missing. Its word for each mapping stands in the table below."
      )
    }
    html.markup("</p>\n")
  }
}

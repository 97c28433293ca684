import Analysis
import BundleFormat
import NodeState

/// An assessment for a terminal and for grep: errors first, one line a finding.
public struct TextReport: Sendable {
  private let assessment: Assessment
  private let palette: Palette
  private let width: Int?

  /// - Parameters:
  ///   - colored: Whether severities are coloured; their words stand there either way.
  ///   - width: The terminal's columns, in which the report is laid out as tables; nil for one line a
  ///     finding, however long, as grep wants it.
  public init(_ assessment: Assessment, colored: Bool = false, width: Int? = nil) {
    self.assessment = assessment
    self.width = width
    palette = Palette(isOn: colored)
  }

  /// The report, each line ended by a line break.
  public var text: String {
    let parts = [head, findings, ignored, missingSources, plan, ComparisonText(assessment).lines]
      .filter { !$0.isEmpty }
    return parts.map { $0.map { $0 + "\n" }.joined() }.joined(separator: "\n")
  }

  private func safe(_ text: String) -> String { TerminalText.escaped(text) }

  private var head: [String] {
    let bundle = assessment.snapshot.bundle
    let host = assessment.snapshot.host
    var first = "Node \(safe(assessment.inventory.nodeName))"
    if let cluster = assessment.snapshot.membership.value?.cluster {
      first += " of cluster \(safe(cluster.name))"
    }
    first += ", collected \(bundle.manifest.collectedAt)"
    let versions = [host.pveVersion.map { "PVE \($0)" }, host.kernelRelease.map { "kernel \($0)" }]
      .compactMap { $0 }
    return [first] + (versions.isEmpty ? [] : [safe(versions.joined(separator: ", "))])
      + gradeLines + [ReportWords.mappings(of: assessment.summary)]
  }

  private var gradeLines: [String] {
    let grade = assessment.grade
    guard let letter = grade.letter, let score = grade.score else {
      return ["Grade: none, since too much is unknown"]
        + ReportWords.ungraded(assessment, name: safe).map { "  \($0)" }
    }
    var line = "Grade \(palette.bold(letter.name)), score \(score) of 100"
    if let cap = grade.cap {
      line += ", capped at \(cap.letter.name) by \(safe(cap.finding))"
    }
    if let status = grade.status { line += ", \(status) by v27's rules" }
    if let outlook = ReportWords.outlook(of: assessment) { line += "; \(outlook)" }
    if let other = grade.withIgnored, other != letter {
      line += "; \(other.name) if nothing was ignored"
    }
    return [line] + grade.deductions.map { "  -\($0.points) for \(safe($0.reason))" }
  }

  private var findings: [String] {
    let counting = assessment.findings.filter { $0.ignored == nil }
    if counting.isEmpty {
      return [assessment.findings.isEmpty ? "No findings." : "No findings but ignored ones."]
    }
    return ["Findings: \(ReportWords.counts(of: counting))"] + lines(of: counting)
  }

  /// One line a finding; on a terminal, columns whose last one is broken at blanks.
  private func lines(of findings: [Finding], note: (Finding) -> String = { _ in "" }) -> [String] {
    let rows = findings.map { finding in
      TerminalTable.Row(
        cells: [finding.severity.name, finding.rule.name, safe(finding.subject)],
        text: safe(finding.why) + note(finding))
    }
    return TerminalTable(rows: rows, leastWidths: [8], columns: width).lines { row, cell in
      palette.colored(cell, by: findings[row].severity)
    }
  }

  /// What does not count, with whose reason.
  private var ignored: [String] {
    let ignored = assessment.findings.filter { $0.ignored != nil }
    guard !ignored.isEmpty else { return [] }
    return ["Ignored: \(ReportWords.counts(of: ignored))"]
      + lines(of: ignored) { finding in
        let end = finding.ignored?.until.map { " until \($0)" } ?? ""
        return "  [ignored\(end): \(safe(finding.ignored?.reason ?? ""))]"
      }
  }

  private var missingSources: [String] {
    lines(of: assessment.snapshot.sources.filter(\.isRequiredGap), under: "Missing sources:")
      + lines(
        of: assessment.snapshot.sources.filter(\.isOptionalGap),
        under: "Not known, and judged without:")
  }

  private func lines(of gaps: [SourceStatus], under title: String) -> [String] {
    guard !gaps.isEmpty else { return [] }
    let manifest = assessment.snapshot.bundle.manifest
    return [title]
      + gaps.map { gap in
        let command = SourceCommand.text(for: gap.id, in: manifest)
        return "  \(gap.id.rawValue): \(safe(gap.detail ?? gap.status.rawValue)); look with: "
          + safe(command)
      }
  }

  private var plan: [String] {
    let plan = assessment.plan
    guard !plan.phase1.isEmpty || !plan.phase2.isEmpty || !plan.refused.isEmpty else { return [] }
    let title =
      "Plan: \(ReportWords.count(of: plan.phase1)) in phase 1, "
      + "\(ReportWords.count(of: plan.phase2)) in phase 2, \(plan.refused.count) refused"
    let steps = (plan.phase1 + plan.phase2).flatMap { $0.children + [$0] }.map {
      TerminalTable.Row(
        cells: ["  phase \($0.phase)", safe($0.mapping)], text: safe(ShellWord.line($0.argv)))
    }
    let refused = plan.refused.map {
      TerminalTable.Row(cells: ["  refused", safe($0.mapping)], text: safe($0.why))
    }
    let advice = [
      "  Write the script: dmanalyze script BUNDLE -o cleanup.sh",
      "  On the node, as root: sh cleanup.sh checks, and changes nothing",
    ]
    return [title, "  plan \(PlanDigest(of: plan).hex)"]
      + TerminalTable(rows: steps + refused, columns: width).lines { $1 }
      + (steps.isEmpty ? [] : advice)
  }
}

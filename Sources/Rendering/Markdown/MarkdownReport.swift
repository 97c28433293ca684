import Analysis
import BundleFormat
import NodeState

/// An assessment for a ticket: GitHub Flavored Markdown with details to open, whatever the node's size
/// within what trackers take.
public struct MarkdownReport: Sendable {
  /// Bytes of a document. Trackers take 65,536 characters; nobody reads as many.
  public static let byteLimit = 60_000
  /// What stays free for the plan, the sources and the counts of what was left out.
  private static let reserve = 12_000
  /// Bytes of a name or version in the head: longer ones are nobody's, and each may take fifteen.
  private static let nameLimit = 200

  private let assessment: Assessment

  public init(_ assessment: Assessment) { self.assessment = assessment }

  /// The document, with a line break at its end.
  public var text: String {
    let head = self.head + facts
    let tail = gaps + plan
    var space = Self.byteLimit - Self.bytes(of: head) - Self.bytes(of: tail) - 600
    let findings = self.findings(within: min(space, Self.byteLimit - Self.reserve))
    space -= Self.bytes(of: findings)
    let mappings = self.mappings(within: space)
    return (head + findings + tail + mappings).map { $0 + "\n" }.joined()
  }

  private static func bytes(of lines: [String]) -> Int {
    lines.reduce(0) { $0 + $1.utf8.count + 1 }
  }

  private func prose(_ text: String) -> String { MarkdownText.prose(text) }

  private func name(_ text: String) -> String { prose(ReportWords.cut(text, to: Self.nameLimit)) }

  private var head: [String] {
    let letter = assessment.grade.letter?.name ?? "no grade"
    return ["# Device mapper on \(prose(assessment.inventory.nodeName)): \(letter)", ""]
  }

  private var facts: [String] {
    let host = assessment.snapshot.host
    var rows = [("Collected", "\(assessment.snapshot.bundle.manifest.collectedAt)")]
    if let cluster = assessment.snapshot.membership.value?.cluster {
      rows.append(("Cluster", name(cluster.name)))
    }
    let versions = [host.pveVersion.map { "PVE \($0)" }, host.kernelRelease.map { "kernel \($0)" }]
      .compactMap { $0 }
    if !versions.isEmpty {
      rows.append(("Versions", versions.map(name).joined(separator: ", ")))
    }
    rows.append(("Grade", grade))
    rows.append(("Mappings", ReportWords.mappings(of: assessment.summary, withNoun: false)))
    rows.append(("Findings", ReportWords.counts(of: counting)))
    return ["| | |", "|---|---|"] + rows.map { "| \($0.0) | \($0.1) |" } + [""]
  }

  private var counting: [Finding] { assessment.findings.filter { $0.ignored == nil } }

  private var grade: String {
    let grade = assessment.grade
    guard let letter = grade.letter, let score = grade.score else {
      let reasons = ReportWords.ungraded(assessment) { MarkdownText.code($0, inTable: true) }
      return (["none, since too much is unknown"] + reasons).joined(separator: "; ")
    }
    var words = "**\(letter.name)**, score \(score) of 100"
    if let cap = grade.cap {
      words += ", capped at \(cap.letter.name) by \(MarkdownText.code(cap.finding, inTable: true))"
    }
    for deduction in grade.deductions {
      words += ", −\(deduction.points) for \(prose(deduction.reason))"
    }
    if let outlook = ReportWords.outlook(of: assessment) { words += "; \(outlook)" }
    if let other = grade.withIgnored, other != letter {
      words += "; \(other.name) if nothing was ignored"
    }
    return words
  }

  /// Findings worst first, each with details to open, as many as fit.
  private func findings(within space: Int) -> [String] {
    guard !assessment.findings.isEmpty else { return ["No findings.", ""] }
    var lines = ["## Findings", ""]
    var used = Self.bytes(of: lines)
    for (position, finding) in assessment.findings.enumerated() {
      let part = self.lines(of: finding)
      let size = Self.bytes(of: part)
      if used + size > space {
        let left = Array(assessment.findings[position...])
        return lines + [
          "And \(left.count) more: \(ReportWords.counts(of: left)). The text, JSON and HTML reports "
            + "have them all.", "",
        ]
      }
      lines += part
      used += size
    }
    return lines
  }

  /// How much of one finding's sentence and evidence is shown.
  private static let sentenceLimit = 1200
  private static let evidenceLimit = 6

  private func lines(of finding: Finding) -> [String] {
    var summary = "<b>\(finding.severity.name)</b> <code>\(finding.rule.name)</code> "
    summary += HTMLLiteral.escaped(finding.subject)
    if finding.ignored != nil { summary += " (ignored)" }
    var lines = ["<details><summary>\(summary)</summary>", ""]
    lines += [prose(ReportWords.cut(finding.why, to: Self.sentenceLimit)), ""]
    lines += ["*\(prose(finding.rule.explanation.harm))*", ""]
    if let ignored = finding.ignored {
      let end = ignored.until.map { " until \(prose($0))" } ?? ""
      lines += ["Ignored\(end): \(prose(ReportWords.cut(ignored.reason, to: 300)))", ""]
    }
    let quotes = finding.evidence.prefix(Self.evidenceLimit).map { item -> String in
      let quote = EvidenceQuote(item, in: assessment.snapshot)
      return ReportWords.cut("\(quote.place): \(quote.text)", to: 300)
    }
    if !quotes.isEmpty { lines += MarkdownText.block(quotes) + [""] }
    lines += ["**Remedy:** \(prose(finding.remedy.text))", ""]
    if !finding.remedy.commands.isEmpty {
      lines +=
        MarkdownText.block(finding.remedy.commands.map(ShellWord.line), language: "sh") + [""]
    }
    let wrong = finding.rule.explanation.wrongRemedy
    if !wrong.isEmpty { lines += ["**Not:** \(prose(wrong))", ""] }
    return lines + ["</details>", ""]
  }

  private var gaps: [String] {
    lines(of: assessment.snapshot.sources.filter(\.isRequiredGap), under: "Missing sources")
      + lines(
        of: assessment.snapshot.sources.filter(\.isOptionalGap),
        under: "Not known, and judged without")
  }

  private func lines(of gaps: [SourceStatus], under title: String) -> [String] {
    if gaps.isEmpty { return [] }
    let manifest = assessment.snapshot.bundle.manifest
    return ["## \(title)", ""]
      + gaps.map { gap in
        let detail = ReportWords.cut(gap.detail ?? gap.status.rawValue, to: 200)
        let command = ReportWords.cut(SourceCommand.text(for: gap.id, in: manifest), to: 400)
        return "- \(MarkdownText.code(gap.id.rawValue)): \(prose(detail)); look with "
          + MarkdownText.code(command)
      } + [""]
  }

  /// How many steps are listed; the script has all.
  private static let stepLimit = 20

  private var plan: [String] {
    let plan = assessment.plan
    let steps = (plan.phase1 + plan.phase2).flatMap { $0.children + [$0] }
    guard !steps.isEmpty || !plan.refused.isEmpty else { return [] }
    var lines = [
      "## Plan", "",
      "\(ReportWords.count(of: plan.phase1)) in phase 1, "
        + "\(ReportWords.count(of: plan.phase2)) in phase 2, \(plan.refused.count) refused. "
        + "The cleanup script proves each step again before it acts.", "",
    ]
    lines += steps.prefix(Self.stepLimit).map { step in
      "- phase \(step.phase): \(MarkdownText.code(ShellWord.line(step.argv)))"
    }
    if steps.count > Self.stepLimit { lines.append("- and \(steps.count - Self.stepLimit) more") }
    lines += plan.refused.prefix(Self.stepLimit).map { refusal in
      "- refused: \(MarkdownText.code(refusal.mapping)): \(prose(refusal.why))"
    }
    let more = plan.refused.count - Self.stepLimit
    if more > 0 { lines.append("- and \(more) more refused") }
    return lines + [""]
  }

  /// Every mapping in a table that is closed at first, as many as fit.
  private func mappings(within space: Int) -> [String] {
    let count = assessment.verdicts.count
    if count == 0 { return [] }
    let opening = [
      "<details><summary>All mappings (\(count))</summary>", "",
      "| mapping | class | rule | severity |", "|---|---|---|---|",
    ]
    let closing = ["", "</details>"]
    var used = Self.bytes(of: opening + closing) + 80
    var rows: [String] = []
    for (facts, verdict) in zip(assessment.inventory.mappings, assessment.verdicts) {
      let row =
        "| \(MarkdownText.code(facts.mapping.name, inTable: true)) | \(verdict.classification.rawValue) "
        + "| \(verdict.rule.name) | \(verdict.severity.name) |"
      used += row.utf8.count + 1
      if used > space { break }
      rows.append(row)
    }
    if rows.isEmpty { return [] }
    if rows.count < count { rows += ["", "And \(count - rows.count) more."] }
    return opening + rows + closing
  }
}

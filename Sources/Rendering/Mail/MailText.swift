import Analysis

/// The text part of a mail: the same facts as the page, for readers without HTML.
struct MailText {
  private let facts: MailFacts

  init(_ facts: MailFacts) { self.facts = facts }

  /// Lines of at most 76 characters where words allow it, each ended by a line break.
  var text: String {
    let parts = [head, findings, plan, gaps, mappings, host, notes, foot].filter { !$0.isEmpty }
    return parts.map { $0.map { $0 + "\n" }.joined() }.joined(separator: "\n")
  }

  private func wrapped(_ text: String, _ indentation: Int = 0) -> [String] {
    Paragraph.wrapped(text, indentation: indentation, width: 76)
  }

  private var head: [String] {
    let place = facts.cluster.map { " of cluster \($0)" } ?? ""
    var lines = wrapped("Node \(facts.node)\(place), collected \(facts.collectedAt)")
    if !facts.versions.isEmpty { lines += wrapped(facts.versions) }
    lines += ["", "\(facts.grade.words): \(facts.grade.headline)"]
    lines += facts.grade.details.flatMap { wrapped($0) }
    return lines
  }

  private var findings: [String] {
    var lines = ["FINDINGS: \(facts.countsInWords)"]
    for group in facts.groups {
      lines.append("")
      lines += wrapped(
        "\(group.severity.name.uppercased()): \(group.title) (\(group.rule), \(group.countInWords))"
      )
      lines += wrapped(group.harm, 2)
      for item in group.findings {
        lines += wrapped("* \(item.subject)", 2) + wrapped(item.why, 4)
      }
      if group.moreCount > 0 { lines.append("  and \(group.moreCount) more") }
      lines += wrapped("What helps: \(group.remedy)", 2)
    }
    if facts.groups.isEmpty { lines += wrapped(facts.nothingFound) }
    if let more = facts.more { lines += ["", "And not shown here: \(more)."] }
    if facts.ignored > 0 { lines += ["", "Ignored by your list: \(facts.ignored)."] }
    return lines
  }

  private var plan: [String] {
    ["CLEANUP"] + facts.plan.flatMap { wrapped($0) } + ["Plan \(facts.planDigest)"]
  }

  private var gaps: [String] {
    guard !facts.gaps.isEmpty else { return [] }
    var lines = ["MISSING SOURCES"]
    for gap in facts.gaps {
      lines += wrapped("* \(gap.source): \(gap.reason)") + wrapped("look with: \(gap.command)", 2)
    }
    if facts.moreGaps > 0 { lines.append("and \(facts.moreGaps) more") }
    return lines
  }

  private var mappings: [String] {
    ["MAPPINGS"] + facts.mappings.map { "\($0.label.padded(to: 18))\($0.value)" }
  }

  private var host: [String] {
    guard !facts.host.isEmpty else { return [] }
    return ["HOST"]
      + facts.host.map {
        let state = $0.state == .plain ? "" : " (\($0.state.rawValue))"
        return "\($0.label.padded(to: 18))\($0.value)\(state)"
      }
  }

  private var notes: [String] { facts.notes.flatMap { wrapped($0) } }

  private var foot: [String] {
    (facts.bundle.map { ["Bundle \($0)"] } ?? []) + wrapped(MailFacts.footnote)
  }
}

extension MailFacts {
  /// What is said when no finding counts.
  var nothingFound: String {
    if unjudged == nil { return "No findings, but the mappings could not be read." }
    if let unjudged, unjudged > 0 {
      return "No findings; \(Quantity.of(unjudged, "mapping")) could not be judged yet."
    }
    return ignored > 0
      ? "No findings but ignored ones." : "Nothing that counts: every mapping is accounted for."
  }

  /// Where the mail comes from, and how to see more.
  static let footnote =
    "Made by dmanalyze. dmanalyze explain BUNDLE MAPPING shows every question behind a verdict."
}

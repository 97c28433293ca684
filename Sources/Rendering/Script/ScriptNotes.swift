import Analysis
import BundleFormat
import NodeState

/// What a script shows and leaves to people: refused steps, duplicates, emergencies.
struct ScriptNotes {
  private let assessment: Assessment

  init(_ assessment: Assessment) { self.assessment = assessment }

  /// Lines to print, an empty one between entries.
  var lines: [String] {
    let entries = refusals + decisions
    guard !entries.isEmpty else { return [] }
    return ["", "Not for this script:"] + entries.map(Self.inert)
  }

  /// Text that is only shown: nothing in it looks like something that a shell would expand.
  private static func inert(_ text: String) -> String {
    TerminalText.escaped(text).replacing("$", with: "\\x24").replacing("`", with: "\\x60")
  }

  private var refusals: [String] {
    assessment.plan.refused.map { "  refused  \($0.mapping): \($0.why)" }
  }

  /// Findings about mappings that the plan has no step for.
  private var decisions: [String] {
    let plan = assessment.plan
    let planned = Set((plan.phase1 + plan.phase2).map(\.mapping))
    return assessment.findings.filter { finding in
      finding.severity >= .warning && !planned.contains(finding.subject)
        && isForPeople(finding.rule.classification)
    }.flatMap(entry)
  }

  private func isForPeople(_ classification: Classification?) -> Bool {
    switch classification {
    case .duplicate, .wrong, .stale, .orphaned: true
    case .valid, .unknown, .other, nil: false
    }
  }

  private func entry(_ finding: Finding) -> [String] {
    var lines = [
      "", "  \(finding.severity.name)  \(finding.rule.name)  \(finding.subject)",
      "    \(finding.why)",
    ]
    lines += finding.evidence.prefix(4).map { evidence in
      let quote = EvidenceQuote(evidence, in: assessment.snapshot)
      return "    \(quote.place): \(quote.text.prefix(200))"
    }
    lines.append("    \(finding.remedy.text)")
    // Which of two is the right one is decided by looking at both, not by a command.
    if finding.rule.classification != .duplicate {
      lines += finding.remedy.commands.map { "    look: \(ShellWord.line($0))" }
    }
    return lines
  }
}

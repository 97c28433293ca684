import Analysis
import BundleFormat
import NodeState

/// Two bundles of one node beside each other, for a terminal and for grep.
public struct DifferenceText: Sendable {
  private let comparison: NodeComparison

  public init(_ comparison: NodeComparison) { self.comparison = comparison }

  /// The report, each line ended by a line break.
  public var text: String {
    let parts = [
      head, plan, journal, mappings("Gone without a step", comparison.goneOtherwise),
      mappings("New mappings", comparison.added),
      mappings("Judged differently", comparison.changed),
      findings("Findings that came", comparison.findingsCome),
      findings("Findings that went", comparison.findingsGone), severities,
    ].filter { !$0.isEmpty }
    return parts.map { $0.map { $0 + "\n" }.joined() }.joined(separator: "\n")
  }

  private func safe(_ text: String) -> String { TerminalText.escaped(text) }

  private var head: [String] {
    let (old, new) = (comparison.old, comparison.new)
    let times = [old, new].map { $0.snapshot.bundle.manifest.collectedAt }
    var lines = ["Node \(safe(new.inventory.nodeName)), \(times[0]) compared with \(times[1])"]
    switch comparison.isRebooted {
    case true?:
      lines.append("Rebooted in between: no mapping survives that, so it may be what removed them")
    case nil: lines.append("Whether it was rebooted in between is unknown")
    case false?: break
    }
    lines.append(
      "Grade \(letter(old.grade.letter)) before, \(letter(new.grade.letter)) now\(promise)")
    let before = old.summary.mappings.map { Quantity.of($0.total, "mapping") } ?? "unknown mappings"
    let now = new.summary.mappings.map { "\($0.total)" } ?? "unknown"
    lines.append("\(before) before, \(now) now")
    return lines
  }

  /// Only where there was a step.
  private var promise: String {
    guard !comparison.fates.isEmpty, let letter = comparison.old.grade.afterCleanup else {
      return ""
    }
    return "; the cleanup promised \(letter.name)"
  }

  private func letter(_ letter: Grade.Letter?) -> String { letter?.name ?? "none" }

  private var plan: [String] {
    let fates = comparison.fates
    guard !fates.isEmpty else { return ["Nothing was planned to go"] }
    let gone = fates.count(where: \.isGone)
    let refused = comparison.old.plan.refused.count
    let steps = comparison.old.plan.phase1 + comparison.old.plan.phase2
    let parts = steps.count == fates.count ? "" : " (\(ReportWords.count(of: steps)))"
    var title = "Planned to go: \(fates.count)\(parts), \(gone) went, \(fates.count - gone) there"
    if refused > 0 { title += "; \(refused) refused by the plan itself" }
    return [title, "  plan \(comparison.plan)"] + fates.map(line)
  }

  private func line(of fate: PlannedFate) -> String {
    let step = fate.step
    let origin = fate.parent.map { "partition of \(safe($0))" } ?? step.rule.name
    var line = "  \(fate.standing.word.padded(to: 8))  \(safe(step.mapping))  "
    line += "\(safe(step.uuid ?? "-"))  phase \(step.phase), \(origin)"
    if let last = fate.last {
      line += "; \(last.outcome.rawValue) \(last.time)"
      if !last.words.isEmpty { line += ": \(safe(last.words))" }
    } else if comparison.journal != nil {
      line += "; the journal does not name it"
    }
    return line
  }

  private var journal: [String] {
    guard let journal = comparison.journal else {
      return ["No journal was given: what went is not known to be the script's doing"]
    }
    var title = "Journal: \(journal.used) lines of this plan, \(journal.others) of others"
    if !journal.faults.isEmpty { title += ", \(journal.faults.count) unreadable" }
    return [title] + journal.faults.prefix(10).map { "  \(safe($0.description))" }
      + (journal.faults.count > 10 ? ["  and \(journal.faults.count - 10) more"] : [])
  }

  private func mappings(_ title: String, _ changes: [NodeComparison.MappingChange]) -> [String] {
    guard !changes.isEmpty else { return [] }
    return ["\(title): \(changes.count)"]
      + changes.map { change in
        let words = [change.before, change.now].map { $0.map(self.words) ?? "" }
        let verdicts =
          words[0].isEmpty || words[1].isEmpty ? words.joined() : words.joined(separator: " -> ")
        let former = change.formerName.map { ", was called \(safe($0))" } ?? ""
        return "  \(safe(change.mapping.name))  "
          + "\(safe(change.mapping.uuid?.description ?? "-"))  \(verdicts)\(former)"
      }
  }

  private func words(of verdict: Verdict) -> String {
    "\(verdict.classification.rawValue) \(verdict.rule.name)"
  }

  private func findings(_ title: String, _ findings: [Finding]) -> [String] {
    guard !findings.isEmpty else { return [] }
    return ["\(title): \(findings.count)"]
      + findings.map {
        "  \($0.severity.name.padded(to: 8))  \($0.rule.name)  \(safe($0.subject))  \(safe($0.why))"
      }
  }

  private var severities: [String] {
    let changes = comparison.findingsChanged
    guard !changes.isEmpty else { return [] }
    return ["Findings of another severity: \(changes.count)"]
      + changes.map { "  \($0.old.severity.name) -> \($0.new.severity.name)  \(safe($0.new.id))" }
  }
}

extension PlannedFate.Standing {
  /// The word that begins a line.
  var word: String {
    switch self {
    case .removed: "went"
    case .cutOff: "went"
    case .vanished: "gone"
    case .remains: "remains"
    case .restored: "restored"
    case .back: "back"
    }
  }
}

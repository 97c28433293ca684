import Analysis
import BundleFormat
import NodeState

/// Words that several faces of an assessment share.
enum ReportWords {
  /// `2 critical, 3 warning`; `none` for no finding.
  static func counts(of findings: [Finding]) -> String {
    let parts = Severity.allCases.reversed().compactMap { severity -> String? in
      let count = findings.count { $0.severity == severity }
      return count == 0 ? nil : "\(count) \(severity.name)"
    }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }

  /// What helps all findings of one rule: what the plan refuses stays as it is.
  static func remedy(of findings: [Finding]) -> String {
    guard let first = findings.first else { return "" }
    let refusals = findings.compactMap(\.refusal)
    if refusals.isEmpty { return first.rule.explanation.remedy }
    if refusals.count < findings.count {
      return first.rule.explanation.remedy + " What the plan refuses, leave as it is."
    }
    if findings.count == 1 { return first.remedy.text }
    return "Leave them as they are: "
      + (Set(refusals).count == 1 ? refusals[0] : "the plan refuses each") + "."
  }

  /// `10 mappings: 9 valid, 1 stale; 2 missing`, without the noun where that stands before it; what is not
  /// known is called so.
  static func mappings(of summary: Summary, withNoun: Bool = true) -> String {
    guard let mappings = summary.mappings else {
      return (withNoun ? "mappings " : "") + "unknown, since they could not be read"
    }
    let classes = Classification.allCases.compactMap { classification -> String? in
      let count = mappings.classes[classification]
      return count > 0 ? "\(count) \(classification.rawValue)" : nil
    }
    var words = withNoun ? Quantity.of(mappings.total, "mapping") : "\(mappings.total)"
    if !classes.isEmpty { words += ": " + classes.joined(separator: ", ") }
    switch summary.missing {
    case 0?: break
    case let missing?: words += "; \(missing) missing"
    case nil: words += "; unknown how many are missing"
    }
    return words
  }

  /// `A+ after the cleanup`, `still B after the cleanup`; nil without a grade or a step, and
  /// where it can't become better.
  static func outlook(of assessment: Assessment) -> String? {
    let plan = assessment.plan
    let letter = assessment.grade.letter
    guard let after = assessment.grade.afterCleanup, letter != .aPlus,
      !plan.phase1.isEmpty || !plan.phase2.isEmpty
    else { return nil }
    return (after == letter ? "still " : "") + "\(after.name) after the cleanup"
  }

  /// `3`, or `3 and 1 partition` where partitions go with their mappings: as many as a list of them has rows.
  static func count(of steps: [RemediationStep]) -> String {
    "\(steps.count)\(partitions(of: steps))"
  }

  /// The same with a word for the steps: `3 removals and 1 partition`.
  static func count(of steps: [RemediationStep], _ noun: String) -> String {
    "\(Quantity.of(steps.count, noun))\(partitions(of: steps))"
  }

  private static func partitions(of steps: [RemediationStep]) -> String {
    let partitions = steps.reduce(0) { $0 + $1.children.count }
    return partitions == 0 ? "" : " and \(Quantity.of(partitions, "partition"))"
  }

  /// Why there is no grade, with the first mappings' names as they are: `3 of 9 mappings could not be judged
  /// (a, b and 1 more)`.
  static func ungraded(
    _ assessment: Assessment, naming limit: Int = 3, name: (String) -> String
  ) -> [String] {
    assessment.ungradedReasons.map { reason in
      guard case .unjudged(let positions) = reason else { return words(of: reason, assessment) }
      let names = positions.prefix(limit).map {
        name(assessment.inventory.mappings[$0].mapping.name)
      }
      let more = positions.count - names.count
      let rest = more > 0 ? " and \(Quantity.count(more)) more" : ""
      return "\(words(of: reason, assessment)) (\(names.joined(separator: ", "))\(rest))"
    }
  }

  /// Why there is no grade, without names.
  static func words(of reason: UngradedReason, _ assessment: Assessment) -> String {
    switch reason {
    case .mappingsUnread: "the mappings could not be read"
    case .quorumLost: "the cluster has no quorum"
    case .unjudged(let positions):
      "\(Quantity.count(positions.count)) of "
        + "\(Quantity.of(assessment.verdicts.count, "mapping")) could not be judged"
    case .policyLacks(let gap): "\(gap.source.rawValue) is not there to be asked"
    }
  }

  /// Cuts a text to a number of bytes at a character, and says so with a dot line.
  static func cut(_ text: String, to limit: Int) -> String {
    if text.utf8.count <= limit { return text }
    var kept = ""
    var size = 0
    for character in text {
      size += character.utf8.count
      if size > limit { break }
      kept.append(character)
    }
    return kept + "…"
  }
}

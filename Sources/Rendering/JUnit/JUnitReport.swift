import Analysis
import BundleFormat
import NodeState

/// Assessments for pipelines that read test results: JUnit XML, one suite a node and one case a mapping.
///
/// A case fails when something at warning or above is said of its mapping, is an error when the mapping
/// could not be judged, and is skipped when it was moving, locked, only mentioned or is ignored. What is
/// said of disks without mapping and of the node stands in the suite's `system-err`.
/// Source: the schema of Ant's JUnit tasks (windyroad/JUnit-Schema).
public struct JUnitReport: Sendable {
  private let assessments: [Assessment]

  public init(_ assessments: [Assessment]) { self.assessments = assessments }

  /// The document, with a line break at its end.
  public var text: String {
    var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#, "<testsuites>"]
    for (number, assessment) in assessments.enumerated() {
      lines += suite(assessment, number: number)
    }
    return (lines + ["</testsuites>"]).map { $0 + "\n" }.joined()
  }

  private enum Outcome {
    case passed
    case failed(Finding)
    case unjudged(String, String)
    case skipped(String)
  }

  private func suite(_ assessment: Assessment, number: Int) -> [String] {
    let outcomes = outcomes(of: assessment)
    // Without a case of its own, mappings that could not be read would be a suite in which all is well.
    let unread = assessment.snapshot.first.mappings.gap?.reason
    let unreadCount = unread == nil ? 0 : 1
    let failures = outcomes.count { if case .failed = $0 { true } else { false } }
    let errors =
      outcomes.count { if case .unjudged = $0 { true } else { false } } + unreadCount
    let skipped = outcomes.count { if case .skipped = $0 { true } else { false } }
    let node = XMLText.token(assessment.inventory.nodeName)
    let collected = assessment.snapshot.bundle.manifest.collectedAt.description.dropLast()
    var lines = [
      #"  <testsuite name="\#(node)" package="dmanalyze" id="\#(number)" timestamp="\#(collected)" "#
        + #"hostname="\#(node)" tests="\#(outcomes.count + unreadCount)" failures="\#(failures)" "#
        + #"errors="\#(errors)" skipped="\#(skipped)" time="0">"#,
      "    <properties>",
    ]
    for (name, value) in properties(of: assessment) {
      lines.append(#"      <property name="\#(name)" value="\#(XMLText.escaped(value))"/>"#)
    }
    lines.append("    </properties>")
    if let unread {
      lines += [
        #"    <testcase name="mappings" classname="dmanalyze.unread" time="0">"#,
        #"      <error type="\#(Rule.sourceMissing.name)" message="\#(XMLText.escaped(unread))"/>"#,
        "    </testcase>",
      ]
    }
    for (position, outcome) in outcomes.enumerated() {
      lines += testCase(at: position, of: assessment, outcome)
    }
    lines.append("    <system-out>\(XMLText.escaped(summary(of: assessment)))</system-out>")
    let others = otherFindings(of: assessment)
    if others.isEmpty {
      lines.append("    <system-err/>")
    } else {
      let text = others.map(XMLText.escaped).joined(separator: "\n")
      lines.append("    <system-err>\(text)</system-err>")
    }
    return lines + ["  </testsuite>"]
  }

  private func properties(of assessment: Assessment) -> [(String, String)] {
    let bundle = assessment.snapshot.bundle
    return [
      ("tool", "dmanalyze \(Release.version)"),
      ("collectedAt", bundle.manifest.collectedAt.description),
      ("bundleSHA256", bundle.sha256 ?? ""),
      ("grade", assessment.grade.letter?.name ?? ""),
    ]
  }

  private func summary(of assessment: Assessment) -> String {
    let findings = assessment.findings.filter { $0.ignored == nil }
    let count =
      assessment.summary.mappings.map { Quantity.of($0.total, "mapping") } ?? "mappings unknown"
    return "\(count); findings: \(ReportWords.counts(of: findings))"
  }

  private func testCase(
    at position: Int, of assessment: Assessment, _ outcome: Outcome
  ) -> [String] {
    let verdict = assessment.verdicts[position]
    let name = XMLText.token(assessment.inventory.mappings[position].mapping.name)
    let head =
      #"    <testcase name="\#(name)" classname="dmanalyze.\#(verdict.classification.rawValue)"#
      + "."
      + #"\#(verdict.rule.name)" time="0""#
    switch outcome {
    case .passed: return [head + "/>"]
    case .failed(let finding):
      let message = XMLText.escaped(finding.why)
      return [
        head + ">",
        #"      <failure type="\#(finding.rule.name)" message="\#(message)">"#
          + "\(details(of: finding, assessment))</failure>", "    </testcase>",
      ]
    case .unjudged(let rule, let why):
      return [
        head + ">", #"      <error type="\#(rule)" message="\#(XMLText.escaped(why))"/>"#,
        "    </testcase>",
      ]
    case .skipped(let why):
      return [
        head + ">", #"      <skipped message="\#(XMLText.escaped(why))"/>"#, "    </testcase>",
      ]
    }
  }

  private func details(of finding: Finding, _ assessment: Assessment) -> String {
    let quotes = finding.evidence.prefix(6).map { item -> String in
      let quote = EvidenceQuote(item, in: assessment.snapshot)
      return "\(quote.place): \(quote.text)"
    }
    return
      (["\(finding.severity.name): \(finding.rule.title)"] + quotes
      + ["Remedy: \(finding.remedy.text)"]).map(XMLText.escaped).joined(separator: "\n")
  }

  private func outcomes(of assessment: Assessment) -> [Outcome] {
    var worst: [String: Finding] = [:]
    for finding in assessment.findings where finding.severity >= .warning {
      // Worst first: the first of a mapping that counts is told.
      if let before = worst[finding.subject], before.ignored == nil || finding.ignored != nil {
        continue
      }
      worst[finding.subject] = finding
    }
    return zip(assessment.inventory.mappings, assessment.verdicts).map { facts, verdict in
      if let finding = worst[facts.mapping.name], finding.rule.isOfMappings {
        return finding.ignored.map { .skipped("ignored: \($0.reason)") } ?? .failed(finding)
      }
      if verdict.rule === Rule.guestsUnknown || verdict.rule === Rule.volumesUnknown {
        return .unjudged(verdict.rule.name, verdict.why)
      }
      return verdict.classification == .unknown ? .skipped(verdict.why) : .passed
    }
  }

  /// What is said of disks without mapping and of the node, one line each.
  private func otherFindings(of assessment: Assessment) -> [String] {
    assessment.findings.filter { !$0.rule.isOfMappings && $0.ignored == nil }.map {
      "\($0.severity.name)  \($0.rule.name)  \($0.subject)  \($0.why)"
    }
  }
}

extension Rule {
  /// Whether the rule is of mappings, not of configurations or of the node.
  fileprivate var isOfMappings: Bool { classification != nil }
}

import BundleFormat
import NodeState

/// Findings that somebody has looked at and does not want to count, each with a reason.
///
/// A file of lines, each a finding's id or a rule and a pattern of subjects:
///
///     RULE[:SUBJECT] [until YYYY-MM-DD] # reason
///
/// In SUBJECT, `*` stands for any text and `?` for one character; without it the rule is ignored
/// everywhere. The reason is required, and begins behind a blank and `#`. A line holds until the end
/// of its date, in UTC. Blank lines and lines that begin with `#` are skipped.
///
/// What is ignored stays in every report, counted apart. It counts neither for the exit status, nor
/// among the issues, nor for the grade; and it never changes a verdict or the plan. Dates are compared
/// with the time of collection, not with the clock: the same bundle and file give the same report.
public struct IgnoreList: Sendable {
  public let lines: [Line]

  public static let empty = IgnoreList(lines: [])

  public struct Line: Sendable {
    /// From 1.
    public let number: Int
    public let rule: String
    /// Nil for every subject.
    public let subject: Glob?
    /// The last day on which it holds, `2026-12-31`; nil for ever.
    public let until: String?
    /// The first second in which it does not hold any more.
    let end: Timestamp?
    public let reason: String

    /// The rule and pattern as in the file.
    public var pattern: String { subject.map { "\(rule):\($0.pattern)" } ?? rule }

    func matches(_ finding: Finding) -> Bool {
      rule == finding.rule.name && (subject?.matches(finding.subject) ?? true)
    }
  }

  /// Marks the findings that a line matches; the first line that holds gives the reason.
  func applied(to findings: [Finding], collectedAt: Timestamp) -> ([Finding], IgnoreUse) {
    guard !lines.isEmpty else { return (findings, IgnoreUse()) }
    var use = IgnoreUse()
    let marked = findings.map { finding -> Finding in
      var finding = finding
      for line in lines where line.matches(finding) {
        if let end = line.end, collectedAt >= end {
          use.expired[line.number, default: []].append(finding.id)
          continue
        }
        use.matched.insert(line.number)
        if finding.ignored == nil {
          finding.ignored = IgnoredFinding(
            reason: line.reason, until: line.until, line: line.number)
        }
      }
      return finding
    }
    return (marked, use)
  }
}

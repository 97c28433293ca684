import BundleFormat
import NodeState

/// The one kind that each mapping is of.
public enum Classification: String, CaseIterable, Hashable, Sendable {
  case valid
  case stale
  case orphaned
  case duplicate
  case wrong
  case unknown
  case other
}

extension Classification {
  /// How many verdicts there are of each class that has any.
  static func counts(of verdicts: [Verdict]) -> [Classification: Int] {
    // Counted in runs: the verdicts of neighbours are mostly of one class.
    var counts: [Classification: Int] = [:]
    var (last, run) = (Classification.valid, 0)
    for index in verdicts.indices {
      let classification = verdicts[index].classification
      if classification == last {
        run += 1
      } else {
        counts[last, default: 0] += run
        (last, run) = (classification, 1)
      }
    }
    counts[last, default: 0] += run
    return counts.filter { $0.value > 0 }
  }
}

/// How much a finding matters.
public enum Severity: Int, Comparable, CaseIterable, Hashable, Sendable {
  /// Normal, worth seeing.
  case info
  /// Hygiene.
  case notice
  /// Will hurt.
  case warning
  /// Hurts now or endangers data.
  case critical

  public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }

  /// The word that people and JSON read.
  public var name: String {
    switch self {
    case .info: "info"
    case .notice: "notice"
    case .warning: "warning"
    case .critical: "critical"
    }
  }

  public init?(name: String) {
    guard let severity = Severity.allCases.first(where: { $0.name == name }) else { return nil }
    self = severity
  }
}

/// One fact behind a verdict, and where it stands.
public struct Evidence: Hashable, Sendable {
  /// Nil for a fact that only the absence of a line shows.
  public let location: SourceLocation?
  public let source: SourceID
  /// What is quoted when there is no line.
  public let note: String?

  /// A line of a source.
  public init(_ location: SourceLocation, from source: SourceID) {
    self.location = location
    self.source = source
    note = nil
  }

  /// A fact about a source as a whole.
  public init(_ note: String, from source: SourceID) {
    location = nil
    self.source = source
    self.note = note
  }
}

/// Who may carry a remediation step out.
public enum Applicability: String, Hashable, Sendable {
  /// Phase 1: may run without a question.
  case automatic
  /// Phase 2: one question an entry.
  case confirmed
  /// By a person, never by the script.
  case manual
}

/// What to do about a finding, in words and commands.
public struct Remedy: Hashable, Sendable {
  public let text: String
  /// Commands to look or to act by hand, as argument arrays.
  public let commands: [[String]]
  public let applicability: Applicability

  public init(_ text: String, commands: [[String]] = [], applicability: Applicability = .manual) {
    self.text = text
    self.commands = commands
    self.applicability = applicability
  }
}

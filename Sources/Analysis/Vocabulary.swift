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

/// How many mappings there are of each class.
public struct ClassCounts: Sendable {
  private var counts = Array(repeating: 0, count: Classification.allCases.count)

  init() {}

  init(of verdicts: [Verdict]) {
    // By index: an element of its own would be a copy.
    for index in verdicts.indices { self[verdicts[index].classification] += 1 }
  }

  public internal(set) subscript(classification: Classification) -> Int {
    get { counts[classification.position] }
    set { counts[classification.position] = newValue }
  }
}

extension Classification {
  /// Where it stands among all, in their order.
  fileprivate var position: Int {
    switch self {
    case .valid: 0
    case .stale: 1
    case .orphaned: 2
    case .duplicate: 3
    case .wrong: 4
    case .unknown: 5
    case .other: 6
    }
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

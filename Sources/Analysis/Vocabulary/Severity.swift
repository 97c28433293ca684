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

import Analysis
import ArgumentParser

/// The severity from which on findings fail the run.
struct FailingSeverity: ExpressibleByArgument {
  let severity: Severity

  static let warning = FailingSeverity(severity: .warning)

  init(severity: Severity) { self.severity = severity }

  init?(argument: String) {
    guard let severity = Severity(name: argument) else { return nil }
    self.severity = severity
  }

  static let allValueStrings = Severity.allCases.map(\.name)

  var defaultValueDescription: String { severity.name }
}

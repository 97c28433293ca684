/// Who may carry a remediation step out.
public enum Applicability: String, Hashable, Sendable {
  /// Phase 1: may run without a question.
  case automatic
  /// Phase 2: one question an entry.
  case confirmed
  /// By a person, never by the script.
  case manual
}

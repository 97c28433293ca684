/// By whose rules a node is judged.
public enum Policy: String, CaseIterable, Sendable {
  /// What every source at hand proves.
  case evidence
  /// What the bash script that this system succeeds would say; it proposes nothing.
  case v27
}

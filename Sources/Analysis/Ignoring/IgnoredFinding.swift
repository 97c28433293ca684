/// Why a finding does not count.
public struct IgnoredFinding: Hashable, Sendable {
  public let reason: String
  /// The last day on which it is ignored; nil for ever.
  public let until: String?
  /// The line of the ignore file.
  public let line: Int
}

import BundleFormat

/// What a snapshot knows of one source: its content, or why there is none.
///
/// "No guests" and "the guest list could not be read" lead to opposite decisions.
public enum Observed<Value: Sendable>: Sendable {
  case present(Value)
  case unavailable(Gap)

  /// The content; nil where there is a gap.
  public var value: Value? {
    guard case .present(let value) = self else { return nil }
    return value
  }

  /// Whether there is a gap.
  public var isUnavailable: Bool {
    guard case .unavailable = self else { return false }
    return true
  }

  /// Why there is no content; nil where there is one.
  public var gap: Gap? {
    guard case .unavailable(let gap) = self else { return nil }
    return gap
  }
}

/// A source that a snapshot lacks, and why.
public struct Gap: Hashable, Sendable, CustomStringConvertible {
  public let source: SourceID
  /// A phrase that follows the source's name: `timed out after 20 s`.
  public let reason: String

  public init(source: SourceID, reason: String) {
    self.source = source
    self.reason = reason
  }

  public var description: String { "\(source.rawValue): \(reason)" }
}

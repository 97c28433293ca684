import BundleFormat

/// What became of one source.
public struct SourceStatus: Hashable, Sendable {
  public let id: SourceID
  public let status: Status
  /// A phrase: `exit code 5: Unrecognised field`; nil when there is nothing to say.
  public let detail: String?

  public enum Status: String, Hashable, Sendable {
    /// Read and understood.
    case present = "collected"
    /// The bundle has no such entry, or the tool isn't installed there.
    case missing
    /// Asked, and it failed, was altered or is not understood.
    case broken = "failed"
    case timedOut
    /// Cut short.
    case truncated
    /// Left out on purpose.
    case skipped
  }

  public init(id: SourceID, status: Status, detail: String?) {
    self.id = id
    self.status = status
    self.detail = detail
  }

  /// Whether this forces a gap: a required source that is not present.
  public var isRequiredGap: Bool { id.isRequired && status != .present }

  /// Whether an optional source was asked for in vain. A tool that the node does not have is no gap.
  public var isOptionalGap: Bool {
    switch status {
    case .broken, .timedOut, .truncated: !id.isRequired
    case .present, .missing, .skipped: false
    }
  }
}

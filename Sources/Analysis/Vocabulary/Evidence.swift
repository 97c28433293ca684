import BundleFormat
import NodeState

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

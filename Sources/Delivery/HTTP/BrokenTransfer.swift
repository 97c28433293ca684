/// A request that ended without a whole answer.
public struct BrokenTransfer: Hashable, Sendable {
  /// Nil when not even the first line of an answer came.
  public let status: Int?
  /// Whether the service may have had all of the request.
  public let wasSentWhole: Bool
  public let words: String

  public init(status: Int?, wasSentWhole: Bool, words: String) {
    self.status = status
    self.wasSentWhole = wasSentWhole
    self.words = words
  }
}

/// What became of one message.
public enum MessageOutcome: Hashable, Sendable {
  /// The service has taken it; in the sandbox, it would have.
  case accepted([Receipt])
  /// It was not taken, in the service's words.
  case rejected(String, isTemporary: Bool)
  /// The service had it, and nobody knows what it did: it may have been sent.
  case uncertain(String)
}

/// What the service gave for one recipient.
public struct Receipt: Hashable, Sendable {
  public let email: String
  /// Nil in the sandbox.
  public let messageID: String?
}

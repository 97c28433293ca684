/// Something that posts a request and says what came of it.
public protocol Transport: Sendable {
  /// Posts JSON.
  ///
  /// - Throws: ``DeliveryError`` when the client can't be started.
  func post(
    _ body: [UInt8], credentials: String, idempotencyKey: String
  ) throws(DeliveryError) -> Transfer
}

/// What came of one request.
public enum Transfer: Hashable, Sendable {
  /// A whole answer, whatever it says.
  case answered(Answer)
  /// No answer, or not all of it.
  case broken(BrokenTransfer)
  /// Nothing was sent, and another try would end the same: a certificate is not trusted.
  case impossible(String)
}

/// A whole HTTP answer.
public struct Answer: Hashable, Sendable {
  public let status: Int
  /// Empty when there was none.
  public let contentType: String
  public let body: [UInt8]

  public init(status: Int, contentType: String, body: [UInt8]) {
    self.status = status
    self.contentType = contentType
    self.body = body
  }
}

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

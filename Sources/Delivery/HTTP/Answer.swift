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

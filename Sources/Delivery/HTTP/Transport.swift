/// Something that posts a request and says what came of it.
public protocol Transport: Sendable {
  /// Posts JSON.
  ///
  /// - Throws: ``DeliveryError`` when the client can't be started.
  func post(
    _ body: [UInt8], credentials: String, idempotencyKey: String
  ) throws(DeliveryError) -> Transfer
}

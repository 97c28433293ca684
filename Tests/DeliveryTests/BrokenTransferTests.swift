import Delivery
import Testing

/// A transport that ends in one way, and counts how often it was asked.
private final class StubTransport: Transport, @unchecked Sendable {
  // Asked by one service in one thread.
  private(set) var count = 0
  private let end: Result<Transfer, DeliveryError>

  init(_ end: Result<Transfer, DeliveryError>) { self.end = end }

  func post(
    _ body: [UInt8], credentials: String, idempotencyKey: String
  ) throws(DeliveryError) -> Transfer {
    count += 1
    return try end.get()
  }
}

/// What a request that broke off means, by status and by how much of it went out.
struct BrokenTransferTests {
  private struct End: Equatable {
    let outcome: MessageOutcome
    let tries: Int
    init(_ outcome: MessageOutcome, _ tries: Int) { (self.outcome, self.tries) = (outcome, tries) }
  }

  private func end(
    status: Int?, isWhole: Bool
  ) throws -> End {
    try end(.success(.broken(BrokenTransfer(status: status, wasSentWhole: isWhole, words: "w"))))
  }

  private func end(
    _ end: Result<Transfer, DeliveryError>
  ) throws -> End {
    let settings = try TestClient(endpoint: "https://localhost/x").settings(to: "a@x.test")
    let transport = StubTransport(end)
    let variables = try MailVariables(
      environment: ["MJ_APIKEY_PUBLIC": publicKey, "MJ_APIKEY_PRIVATE": privateKey], file: nil)
    let service = Mailjet(
      keys: try variables.keys(), mode: .live, transport: transport,
      retries: RetryPolicy(most: 3, firstSeconds: 0, jitter: { 0 }, pause: { _ in }))
    let outcomes = service.send(
      MailMessage.messages(of: .small, settings: settings, run: .random()))
    return End(outcomes[0], transport.count)
  }

  @Test func `without a status: sent whole, it may have arrived; else it is tried again`() throws {
    #expect(try end(status: nil, isWhole: true) == End(.uncertain("w"), 1))
    #expect(try end(status: nil, isWhole: false) == End(.rejected("w", isTemporary: true), 4))
  }

  @Test(arguments: [true, false])
  func `with a status that refuses, it was refused`(isWhole: Bool) throws {
    #expect(
      try end(status: 413, isWhole: isWhole)
        == End(.rejected("HTTP 413, then w", isTemporary: false), 1))
    #expect(
      try end(status: 503, isWhole: isWhole)
        == End(.rejected("HTTP 503, then w", isTemporary: true), 4))
  }

  @Test(arguments: [200, 500])
  func `with any other status it may have arrived, however much was sent`(status: Int) throws {
    #expect(try end(status: status, isWhole: false) == End(.uncertain("w"), 1))
    #expect(try end(status: status, isWhole: true) == End(.uncertain("w"), 1))
  }

  @Test func `a client that can't be started has sent nothing, and is told once`() throws {
    let error = DeliveryError.invalidKey(variable: "X")
    #expect(
      try end(.failure(error)) == End(.rejected(error.description, isTemporary: false), 1))
  }
}

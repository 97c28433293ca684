import BundleFormat

/// Sends messages through Mailjet: in calls of what it takes at once, and again where that is safe.
public struct Mailjet: Sendable {
  /// Messages, and recipients of all messages, of one call. Source: Mailjet's documentation and staff.
  static let mostPerCall = 50
  /// Attachments of one call, encoded; the limit of a message is the limit of ours of a call.
  static let mostBytesPerCall = 15_000_000

  private let keys: MailjetKeys
  private let mode: SendingMode
  private let transport: any Transport
  private let retries: RetryPolicy

  public init(
    keys: MailjetKeys, mode: SendingMode, transport: any Transport,
    retries: RetryPolicy = .standard
  ) {
    self.keys = keys
    self.mode = mode
    self.transport = transport
    self.retries = retries
  }

  /// Sends messages and returns what became of each, in their order.
  ///
  /// - Parameter notice: Is told why it waits before a further try.
  public func send(
    _ messages: [MailMessage], notice: (String) -> Void = { _ in }
  ) -> [MessageOutcome] {
    Self.chunks(of: messages).flatMap { sendCall(Array(messages[$0]), notice) }
  }

  /// Cuts messages into calls.
  public static func chunks(of messages: [MailMessage]) -> [Range<Int>] {
    var chunks: [Range<Int>] = []
    var start = 0
    var (recipients, bytes) = (0, 0)
    for (position, message) in messages.enumerated() {
      let isFull =
        position - start == mostPerCall || recipients + message.recipientCount > mostPerCall
        || bytes + message.sizeBytes > mostBytesPerCall
      if isFull && position > start {
        chunks.append(start..<position)
        start = position
        (recipients, bytes) = (0, 0)
      }
      recipients += message.recipientCount
      bytes += message.sizeBytes
    }
    if start < messages.count { chunks.append(start..<messages.count) }
    return chunks
  }

  /// Sends one call; what was refused for a moment only goes out again, alone.
  private func sendCall(
    _ messages: [MailMessage], _ notice: (String) -> Void
  ) -> [MessageOutcome] {
    var outcomes = [MessageOutcome](
      repeating: .rejected("not tried", isTemporary: true), count: messages.count)
    var pending = Array(messages.indices)
    var attempt = 0
    while true {
      let request = MailjetRequest(pending.map { messages[$0] }, mode: mode)
      for (index, outcome) in zip(pending, call(request)) { outcomes[index] = outcome }
      pending = pending.filter { outcomes[$0].isTemporary }
      guard !pending.isEmpty, attempt < retries.most else { return outcomes }
      attempt += 1
      let reason = outcomes[pending[0]].words ?? ""
      notice("try \(attempt) of \(retries.most + 1) failed: \(reason)")
      retries.pause(retries.seconds(before: attempt))
    }
  }

  private func call(_ request: MailjetRequest) -> [MessageOutcome] {
    let count = request.messages.count
    let transfer = post(request)
    let outcomes =
      switch transfer {
      case .answered(let answer): MailjetAnswer(answer).outcomes(of: count)
      case .broken(let broken): Array(repeating: Self.outcome(of: broken), count: count)
      case .impossible(let words):
        Array(repeating: MessageOutcome.rejected(words, isTemporary: false), count: count)
      }
    return outcomes.map { $0.mappingWords(keys.redacting) }
  }

  private func post(_ request: MailjetRequest) -> Transfer {
    let body = request.body
    do throws(DeliveryError) {
      return try transport.post(
        body, credentials: keys.credentials, idempotencyKey: request.idempotencyKey(for: body))
    } catch {
      return .impossible(error.description)
    }
  }

  /// A call without a whole answer: the status, if one came, or else how much of the request went out.
  private static func outcome(of broken: BrokenTransfer) -> MessageOutcome {
    if let status = broken.status, MailjetAnswer.isTemporary(status) {
      return .rejected("HTTP \(status), then \(broken.words)", isTemporary: true)
    }
    if let status = broken.status, (300..<500).contains(status) {
      return .rejected("HTTP \(status), then \(broken.words)", isTemporary: false)
    }
    return broken.wasSentWhole || broken.status != nil
      ? .uncertain(broken.words) : .rejected(broken.words, isTemporary: true)
  }
}

extension MessageOutcome {
  fileprivate var isTemporary: Bool {
    if case .rejected(_, isTemporary: true) = self { true } else { false }
  }

  /// The service's or the client's words; nil for an accepted message.
  var words: String? {
    switch self {
    case .accepted: nil
    case .rejected(let words, _), .uncertain(let words): words
    }
  }

  fileprivate func mappingWords(_ change: (String) -> String) -> MessageOutcome {
    switch self {
    case .accepted: self
    case .rejected(let words, let isTemporary): .rejected(change(words), isTemporary: isTemporary)
    case .uncertain(let words): .uncertain(change(words))
    }
  }
}

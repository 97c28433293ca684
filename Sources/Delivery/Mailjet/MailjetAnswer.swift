import BundleFormat

/// What the service says became of a call's messages.
struct MailjetAnswer {
  private let status: Int
  private let contentType: String
  private let body: [UInt8]

  init(_ answer: Answer) {
    status = answer.status
    contentType = answer.contentType
    body = answer.body
  }

  /// Returns what became of each message, in their order.
  ///
  /// Good messages go out while others of the same call fail, so each one's own word counts. Where there is
  /// none, the status counts for all: a call with an error of its own was refused as a whole.
  func outcomes(of count: Int) -> [MessageOutcome] {
    guard let document else { return Array(repeating: outcomeOfAll(nil), count: count) }
    guard let messages = document["Messages"]?.array, messages.count == count else {
      return Array(repeating: outcomeOfAll(document), count: count)
    }
    return messages.map(outcome)
  }

  /// Whether a status says that nothing was taken, and that it may be tried again.
  static func isTemporary(_ status: Int) -> Bool { [429, 502, 503, 504].contains(status) }

  /// The body, if it is said to be JSON and is.
  private var document: JSONObject? {
    let type = contentType.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
    guard type == "application/json" || type.hasSuffix("+json") else { return nil }
    do throws(JSONError) {
      return try JSONValue(parsing: body).object
    } catch {
      return nil
    }
  }

  private func outcome(of message: JSONValue) -> MessageOutcome {
    switch message["Status"]?.string {
    case "success":
      let receivers = ["To", "Cc", "Bcc"].flatMap { message[$0]?.array ?? [] }
      return .accepted(
        receivers.compactMap { receiver in
          guard let email = receiver["Email"]?.string else { return nil }
          return Receipt(email: email, messageID: Self.identifier(receiver["MessageID"]))
        })
    case "error":
      let errors = message["Errors"]?.array ?? []
      let statuses = errors.compactMap { $0["StatusCode"]?.integer }
      let words = errors.isEmpty ? ["no reason is given"] : errors.map(Self.words)
      let text = words.joined(separator: "; ")
      if statuses.contains(where: { $0 >= 500 && !Self.isTemporary($0) }) {
        return .uncertain(text)
      }
      let isTemporary = !statuses.isEmpty && statuses.allSatisfy(Self.isTemporary)
      return .rejected(text, isTemporary: isTemporary)
    default:
      return .uncertain("HTTP \(status), and neither success nor error for this message")
    }
  }

  /// What the status says, with the service's own words where it has some.
  private func outcomeOfAll(_ document: JSONObject?) -> MessageOutcome {
    var words = "HTTP \(status)"
    if let document, document["ErrorMessage"] != nil || document["ErrorCode"] != nil {
      words += " " + Self.words(.object(document))
    } else if !body.isEmpty {
      words += contentType.isEmpty ? ", not JSON: " : ", \(contentType): "
      words += String(decoding: body.prefix(300), as: UTF8.self)
    }
    switch status {
    case 200..<300: return .uncertain("\(words) (an answer that says nothing of the messages)")
    case 500...599 where !Self.isTemporary(status): return .uncertain(words)
    default: return .rejected(words, isTemporary: Self.isTemporary(status))
    }
  }

  /// `send-0008: "The sender is not authorised" (From; error 1a2b)`.
  private static func words(_ error: JSONValue) -> String {
    let code = error["ErrorCode"]?.string ?? "no code"
    var details: [String] = []
    let related = (error["ErrorRelatedTo"]?.array ?? []).compactMap(\.string)
    if !related.isEmpty { details.append(related.joined(separator: ", ")) }
    if let identifier = error["ErrorIdentifier"]?.string { details.append("error \(identifier)") }
    let message = error["ErrorMessage"]?.string ?? "no message"
    return "\(code): \"\(message)\""
      + (details.isEmpty ? "" : " (\(details.joined(separator: "; ")))")
  }

  /// A message's number, which stands there as a number or as a text.
  private static func identifier(_ value: JSONValue?) -> String? {
    value?.string ?? value?.integer.map(String.init)
  }
}

import BundleFormat
import Rendering

/// A call of Mailjet's Send API v3.1: up to 50 messages as JSON.
///
/// Source: Mailjet's developer documentation, "Send API v3.1".
public struct MailjetRequest: Sendable {
  public let messages: [MailMessage]
  public let mode: SendingMode

  public init(_ messages: [MailMessage], mode: SendingMode) {
    self.messages = messages
    self.mode = mode
  }

  /// The request's body.
  var body: [UInt8] {
    var json = JSONWriter(capacity: messages.reduce(4096) { $0 + $1.sizeBytes })
    write(to: &json) { json, attachment in
      json.beginText()
      json.text(utf8: Base64.encoding(attachment.bytes).span)
      json.endText()
    }
    return json.bytes
  }

  /// The same for people: on many lines, and of attachments only what they are.
  public var preview: [UInt8] {
    var json = JSONWriter(pretty: true)
    write(to: &json) { json, attachment in
      let digest = SHA256.digest(of: attachment.bytes).hex
      json.value(
        "<not shown: \(Base64.count(of: attachment.bytes.count)) characters of Base64, "
          + "\(attachment.bytes.count) bytes with SHA-256 \(digest)>")
    }
    json.endDocument()
    return json.bytes
  }

  /// Names this very request; a rehearsal and the real one differ, and so do two runs.
  func idempotencyKey(for body: [UInt8]) -> String {
    var hash = SHA256()
    hash.update(
      Array("\(mode.rawValue)\n\(messages.map(\.customID).joined(separator: "\n"))\n".utf8))
    hash.update(body)
    return hash.finish().hex
  }

  private func write(
    to json: inout JSONWriter, content: (inout JSONWriter, MailAttachment) -> Void
  ) {
    json.beginObject()
    json.key(literal: "Messages")
    json.beginArray()
    for message in messages { write(message, to: &json, content: content) }
    json.endArray()
    if mode == .sandbox {
      json.key(literal: "SandboxMode")
      json.value(true)
    }
    json.endObject()
  }

  private func write(
    _ message: MailMessage, to json: inout JSONWriter,
    content: (inout JSONWriter, MailAttachment) -> Void
  ) {
    json.beginObject()
    json.key(literal: "From")
    Self.write(message.sender, to: &json)
    Self.write("To", message.to, to: &json)
    if !message.cc.isEmpty { Self.write("Cc", message.cc, to: &json) }
    if !message.bcc.isEmpty { Self.write("Bcc", message.bcc, to: &json) }
    if let replyTo = message.replyTo {
      json.key(literal: "ReplyTo")
      Self.write(replyTo, to: &json)
    }
    let texts: [(StaticString, String)] = [
      ("Subject", message.subject), ("TextPart", message.text), ("HTMLPart", message.html),
      ("CustomID", message.customID),
      // Tracking would rewrite links and add a pixel to a mail about a server.
      ("TrackOpens", "disabled"), ("TrackClicks", "disabled"),
    ]
    for (name, text) in texts {
      json.key(literal: name)
      json.value(text)
    }
    if !message.attachments.isEmpty {
      json.key(literal: "Attachments")
      json.beginArray()
      for attachment in message.attachments {
        json.beginObject()
        json.key(literal: "ContentType")
        json.value(attachment.contentType)
        json.key(literal: "Filename")
        json.value(attachment.name)
        json.key(literal: "Base64Content")
        content(&json, attachment)
        json.endObject()
      }
      json.endArray()
    }
    json.endObject()
  }

  private static func write(
    _ name: StaticString, _ addresses: [MailAddress], to json: inout JSONWriter
  ) {
    json.key(literal: name)
    json.beginArray()
    for address in addresses { write(address, to: &json) }
    json.endArray()
  }

  private static func write(_ address: MailAddress, to json: inout JSONWriter) {
    json.beginObject(onOneLine: true)
    json.key(literal: "Email")
    json.value(address.email)
    if let name = address.name {
      json.key(literal: "Name")
      json.value(name)
    }
    json.endObject()
  }
}

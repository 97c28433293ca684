import BundleFormat
import MailServer
import Rendering
import TestSupport
import Testing

@testable import Delivery

/// Our requests beside those of Mailjet's own client, recorded with the same messages.
@Suite(.enabled(if: MailServer.isAvailable, "python3, openssl or curl is not installed"))
struct OfficialClientTests {
  private static let recorded: [JSONValue] = {
    let path = TestFiles.packageRoot + "/Tests/Fixtures/captures/mailjet-client/official.txt"
    return (TestFiles.bytes(of: path) ?? []).split(separator: UInt8(ascii: "\n"))
      .compactMap { try? JSONValue(parsing: Array($0)) }
  }()

  @Test func `there are calls to compare with`() {
    #expect(
      Self.recorded.map { $0["case"]?.string }
        == ["basic", "sandbox", "other-customid", "full", "two-messages"])
  }

  @Test(arguments: recorded) func `what goes out is what the official client sends`(
    _ call: JSONValue
  ) throws {
    let payload = try #require(call["input_payload"])
    let server = MailServer("ok")
    var client = TestClient(server)
    client.mode = payload["SandboxMode"] == nil ? .live : .sandbox
    let keys = try MailjetKeys(publicKey: "PUBKEY", privateKey: "PRIVKEY")
    let messages = try #require(payload["Messages"]?.array).map(Self.message)
    let outcomes = try client.service(client.settings(to: "a@x.test"), keys: keys).send(messages)
    #expect(outcomes.allSatisfy { $0.isAccepted })

    let sent = try #require(server.requests.first)
    for key in ["method", "path", "http"] { #expect(sent[key] == call[key]) }
    for name in ["Authorization", "Content-Type"] {
      #expect(sent.header(name) == call["headers"]?[name]?.string)
    }
    let theirs = try JSONValue(parsing: Array((call["body"]?.string ?? "").utf8))
    let body = try #require(sent["body"])
    #expect(body["SandboxMode"] == theirs["SandboxMode"])
    #expect(body.object?.members.count == theirs.object?.members.count)
    let pairs = zip(body["Messages"]?.array ?? [], theirs["Messages"]?.array ?? [])
    #expect(body["Messages"]?.array?.count == messages.count)
    for (ours, theirs) in pairs {
      for member in theirs.object?.members ?? [] where member.key != "Headers" {
        #expect(ours[member.key] == member.value, "\(member.key)")
      }
      // We always switch tracking off, and send no headers of our own.
      let more = Set(ours.object?.members.map(\.key) ?? [])
        .subtracting(theirs.object?.members.map(\.key) ?? [])
      #expect(more.subtracting(["TrackOpens", "TrackClicks"]).isEmpty, "\(more)")
    }
  }

  /// The message that the official client was given, as ours.
  private static func message(_ given: JSONValue) throws -> MailMessage {
    func address(_ value: JSONValue) -> MailAddress {
      MailAddress(email: value["Email"]?.string ?? "", name: value["Name"]?.string)
    }
    func addresses(_ key: String) -> [MailAddress] { (given[key]?.array ?? []).map(address) }
    return MailMessage(
      sender: try #require(given["From"].map(address)), to: addresses("To"), cc: addresses("Cc"),
      bcc: addresses("Bcc"), replyTo: given["ReplyTo"].map(address),
      subject: given["Subject"]?.string ?? "", text: given["TextPart"]?.string ?? "",
      html: given["HTMLPart"]?.string ?? "",
      attachments: (given["Attachments"]?.array ?? []).map {
        // Base64 of "<p>h</p>".
        #expect($0["Base64Content"]?.string == "PHA+aDwvcD4=")
        return MailAttachment(
          name: $0["Filename"]?.string ?? "", contentType: $0["ContentType"]?.string ?? "",
          bytes: Array("<p>h</p>".utf8))
      }, customID: given["CustomID"]?.string ?? "")
  }
}

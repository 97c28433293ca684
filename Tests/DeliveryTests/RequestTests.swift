import BundleFormat
import Delivery
import MailServer
import Rendering
import Testing

/// What goes over the wire, compared with what the official client sends.
///
/// Source of what is expected: `mailjet-rest` 1.9.1, five recorded calls.
@Suite(.enabled(if: MailServer.isAvailable, "python3, openssl or curl is not installed"))
struct RequestTests {
  @Test func `method, path, authentication and content type are the official client's`() throws {
    let server = MailServer("ok", kind: .https(.here))
    let outcomes = try TestClient(server, https: true).send()
    #expect(outcomes.map(\.text) == ["accepted"])
    let requests = server.requests
    try #require(requests.count == 1)
    let request = requests[0]
    #expect(request["method"]?.string == "POST")
    #expect(request["path"]?.string == "/v3.1/send")
    #expect(request["http"]?.string == "HTTP/1.1")
    #expect(request.header("Content-Type") == "application/json")
    // PUBKEY-3c41:PRIVKEY-9d02
    #expect(request.header("Authorization") == "Basic UFVCS0VZLTNjNDE6UFJJVktFWS05ZDAy")
    #expect(request.header("User-Agent") == "dmtools/\(Release.version)")
    #expect(request.header("Content-Length") == request["bytes"]?.integer.map(String.init))
    #expect(request.header("Expect") == nil)
  }

  @Test func `the body has the official client's fields, and each its meaning`() throws {
    let server = MailServer("ok")
    var client = TestClient(server)
    client.mode = .sandbox
    var options = MailSettings.Request()
    options.from = "DM Report <dm-report@example.test>"
    options.to = ["Ops <ops@example.test>"]
    options.cc = ["c@example.test"]
    options.bcc = ["d@example.test"]
    options.replyTo = "r@example.test"
    options.endpoint = client.endpoint
    let settings = try MailSettings(
      options, variables: MailVariables(environment: [:], file: nil))
    let mail = RenderedMail.small
    let run = RunID.random()
    let messages = MailMessage.messages(of: mail, settings: settings, run: run)
    #expect(try client.service(settings).send(messages).allSatisfy { $0.isAccepted })

    let body = try #require(server.requests.first?["body"])
    // SandboxMode stands at the root, as in the recorded case "sandbox".
    #expect(body.object?.members.map(\.key) == ["Messages", "SandboxMode"])
    #expect(body["SandboxMode"] == .bool(true))
    let message = try #require(body["Messages"]?[0]?.object)
    // The recorded case "full", but for the headers of its own.
    #expect(
      Set(message.members.map(\.key)) == [
        "From", "To", "Cc", "Bcc", "ReplyTo", "Subject", "TextPart", "HTMLPart", "CustomID",
        "TrackOpens", "TrackClicks", "Attachments",
      ])
    func address(_ email: String, _ name: String? = nil) -> JSONValue {
      var members = [JSONObject.Member(key: "Email", value: .string(email))]
      if let name { members.append(.init(key: "Name", value: .string(name))) }
      return .object(JSONObject(members))
    }
    #expect(message["From"] == address("dm-report@example.test", "DM Report"))
    #expect(message["To"] == .array([address("ops@example.test", "Ops")]))
    #expect(message["Cc"] == .array([address("c@example.test")]))
    #expect(message["Bcc"] == .array([address("d@example.test")]))
    #expect(message["ReplyTo"] == address("r@example.test"))
    #expect(message["Subject"]?.string == mail.subject)
    #expect(message["TextPart"]?.string == mail.text)
    #expect(message["HTMLPart"]?.string == mail.html)
    #expect(message["TrackOpens"]?.string == "disabled")
    #expect(message["TrackClicks"]?.string == "disabled")
    #expect(message["CustomID"]?.string == "dm-folder-\(run)-1")
    let page = try #require(message["Attachments"]?.array?.last)
    #expect(page["ContentType"]?.string == "text/html")
    #expect(page["Filename"]?.string == "pve1.html")
    #expect(page["Base64Content"]?.string == "PHA+aDwvcD4=")
  }

  @Test func `a live call has no SandboxMode, and no part that nobody asked for`() throws {
    let server = MailServer("ok")
    _ = try TestClient(server).send()
    let body = try #require(server.requests.first?["body"])
    #expect(body.object?.members.map(\.key) == ["Messages"])
    let message = try #require(body["Messages"]?[0])
    for key in ["Cc", "Bcc", "ReplyTo", "Headers"] { #expect(message[key] == nil) }
  }

  @Test func `each recipient list is a message, and each has its own CustomID`() throws {
    let server = MailServer("ok")
    let outcomes = try TestClient(server).send(to: "a@x.test, B <b@x.test>; c@x.test")
    #expect(outcomes.count == 2)
    let messages = try #require(server.requests.first?["body"]?["Messages"]?.array)
    #expect(
      messages.map { $0["To"]?.array?.compactMap { $0["Email"]?.string } } == [
        ["a@x.test", "b@x.test"], ["c@x.test"],
      ])
    #expect(messages[0]["CustomID"] != messages[1]["CustomID"])
    guard case .accepted(let receipts) = outcomes[0] else { return #expect(Bool(false)) }
    #expect(receipts.map(\.email) == ["a@x.test", "b@x.test"])
    #expect(receipts.map(\.messageID) == ["1000", "1001"])
  }

  @Test func `51 messages are two calls`() throws {
    let server = MailServer("ok")
    let lists = (1...51).map { "u\($0)@x.test" }.joined(separator: ";")
    let outcomes = try TestClient(server).send(to: lists)
    #expect(outcomes.count == 51)
    #expect(outcomes.allSatisfy { $0.isAccepted })
    #expect(server.requests.map { $0["body"]?["Messages"]?.array?.count } == [50, 1])
  }

  @Test func `no call has more than 50 recipients`() throws {
    let server = MailServer("ok")
    let list = (1...30).map { "u\($0)@x.test" }.joined(separator: ",")
    _ = try TestClient(server).send(to: "\(list);\(list);one@x.test")
    #expect(server.requests.map { $0["body"]?["Messages"]?.array?.count } == [1, 2])
  }

  @Test func `a rehearsal, the real mail and the next run have other idempotency keys`() throws {
    let server = MailServer("ok")
    var client = TestClient(server)
    let settings = try client.settings(to: "ops@example.test")
    let one = MailMessage.messages(of: .small, settings: settings, run: .random())
    let next = MailMessage.messages(of: .small, settings: settings, run: .random())
    _ = try client.service(settings).send(one)
    client.mode = .sandbox
    _ = try client.service(settings).send(one)
    client.mode = .live
    _ = try client.service(settings).send(next)
    let keys = server.requests.map { $0.header("Idempotency-Key") ?? "" }
    #expect(Set(keys).count == 3)
    #expect(keys.allSatisfy { $0.utf8.count == 64 })
  }

  @Test func `a repeated call has the same idempotency key and CustomID`() throws {
    let server = MailServer("status:503", "ok")
    #expect(try TestClient(server).send().map(\.text) == ["accepted"])
    let requests = server.requests
    try #require(requests.count == 2)
    #expect(requests[0].header("Idempotency-Key") == requests[1].header("Idempotency-Key"))
    #expect(requests[0]["body"] == requests[1]["body"])
  }

  @Test func `a body of megabytes arrives whole`() throws {
    let server = MailServer("ok", kind: .https(.here))
    #expect(
      try TestClient(server, https: true).send(mail: .large(999_999)).map(\.text) == ["accepted"])
    let content = server.requests.first?["body"]?["Messages"]?[0]?["Attachments"]?[0]
    #expect(content?["Base64Content"]?.string?.utf8.count == 1_333_332)
  }

  @Test func `what a dry run shows has everything but the files' bytes`() throws {
    let settings = try TestClient(endpoint: "https://localhost/x").settings(to: "ops@x.test")
    let messages = MailMessage.messages(of: .small, settings: settings, run: .dryRun)
    let preview = MailjetRequest(messages, mode: .live).preview
    let message = try #require(try JSONValue(parsing: preview)["Messages"]?[0])
    #expect(message["HTMLPart"]?.string == messages[0].html)
    #expect(message["CustomID"]?.string == "dm-folder-dry-run-1")
    #expect(
      message["Attachments"]?.array?.last?["Base64Content"]?.string
        == "<not shown: 12 characters of Base64, 8 bytes with SHA-256 "
        + SHA256.digest(of: Array("<p>h</p>".utf8)).hex + ">")
    #expect(preview.last == UInt8(ascii: "\n"))
    #expect(MailjetRequest(messages, mode: .live).preview == preview)
  }
}

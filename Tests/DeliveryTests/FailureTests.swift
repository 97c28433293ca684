import BundleFormat
@testable import Delivery
import MailServer
import Testing

/// Everything that can go wrong between us and the service.
@Suite(.enabled(if: MailServer.isAvailable, "python3, openssl or curl is not installed"))
struct FailureTests {
  @Test(arguments: ["200", "400"])
  func `of several messages each has its own end, and good ones are not sent twice`(
    status: String
  ) throws {
    let server = MailServer("partial:\(status):1")
    let outcomes = try TestClient(server).send(to: "a@x.test;b@x.test;c@x.test")
    #expect(outcomes.map(\.isAccepted) == [true, false, true])
    #expect(
      outcomes[1].text
        == "rejected: send-0008: \"\"x@y.z\" is not an authorized sender\u{1B}[31m\" "
        + "(From; error e-send-0008)")
    #expect(server.requests.count == 1)
  }

  @Test func `only the messages that were refused for a moment go out again`() throws {
    let server = MailServer("busy:0,2", "busy:1", "ok")
    let outcomes = try TestClient(server).send(to: "a@x.test;b@x.test;c@x.test")
    #expect(outcomes.allSatisfy { $0.isAccepted })
    let sent = server.requests.map {
      $0["body"]?["Messages"]?.array?.compactMap { $0["To"]?[0]?["Email"]?.string }
    }
    #expect(
      sent == [["a@x.test", "b@x.test", "c@x.test"], ["a@x.test", "c@x.test"], ["c@x.test"]])
  }

  @Test func `429 and then a success is a success`() throws {
    let server = MailServer("error:429:mj-0014", "ok")
    let client = TestClient(server)
    #expect(try client.send().map(\.text) == ["accepted"])
    #expect(server.requests.count == 2)
    #expect(client.waits.seconds == [1])
  }

  @Test(arguments: ["429", "502", "503", "504"])
  func `what is temporary is tried four times, with longer waits, and then given up`(
    status: String
  ) throws {
    let server = MailServer("status:\(status)")
    let client = TestClient(server)
    let outcomes = try client.send()
    #expect(outcomes.map(\.isRejected) == [true])
    #expect(outcomes[0].text == "rejected: HTTP \(status), text/html: <h1>sorry</h1>")
    #expect(server.requests.count == 4)
    #expect(client.waits.seconds == [1, 2, 4])
  }

  @Test func `waits are spread over half of their length`() {
    let policy = RetryPolicy(most: 3, firstSeconds: 2, jitter: { 0 }, pause: { _ in })
    #expect((1...3).map(policy.seconds) == [1, 2, 4])
  }

  @Test(arguments: [
    ("error:401:mj-0015", "HTTP 401 mj-0015: \"words of mj-0015\" (error e-mj-0015)"),
    ("error:403:send-0008", "HTTP 403 send-0008: \"words of send-0008\" (error e-send-0008)"),
    ("error:400:mj-0011", "HTTP 400 mj-0011: \"words of mj-0011\" (error e-mj-0011)"),
    ("error:400:mj-0002", "HTTP 400 mj-0002: \"words of mj-0002\" (error e-mj-0002)"),
    ("status:413", "HTTP 413, text/html: <h1>sorry</h1>"),
    ("status:404", "HTTP 404, text/html: <h1>sorry</h1>"),
    ("redirect", "HTTP 302"),
  ])
  func `what is permanent is told in the service's words and never tried again`(
    answer: String, words: String
  ) throws {
    let server = MailServer(answer)
    let outcomes = try TestClient(server).send()
    #expect(outcomes == [.rejected(words, isTemporary: false)])
    #expect(server.requests.count == 1)
  }

  @Test(arguments: [
    "error:500:send-0001", "status:500", "status:505", "slow", "silent", "cut:200", "cut:500",
    "huge", "html", "malformed", "miscounted", "nothing", "odd", "broken-one:0",
  ])
  func `where the service had it all, it may have been sent, and is not sent again`(
    answer: String
  ) throws {
    let server = MailServer(answer)
    var client = TestClient(server)
    client.limits.totalSeconds = 2
    client.limits.answerBytes = 100_000
    let outcomes = try client.send()
    #expect(outcomes.map(\.isUncertain) == [true], "\(outcomes[0].text)")
    #expect(server.requests.count == 1)
    #expect(client.waits.seconds.isEmpty)
  }

  @Test func `why it may have been sent is said`() throws {
    func words(_ answer: String) throws -> String {
      var client = TestClient(MailServer(answer))
      client.limits.totalSeconds = 1
      client.limits.answerBytes = 100_000
      return try client.send()[0].text
    }
    #expect(try words("slow").hasPrefix("uncertain: curl: (28) Operation timed out after "))
    #expect(try words("silent") == "uncertain: curl: (52) Empty reply from server")
    #expect(try words("cut:200").hasPrefix("uncertain: curl: (18) "))
    #expect(try words("huge") == "uncertain: the answer was longer than 100000 bytes")
    #expect(
      try words("html")
        == "uncertain: HTTP 200, text/html: {\"Messages\": [{\"Status\": \"success\"}]} "
        + "(an answer that says nothing of the messages)")
  }

  @Test func `an answer that is cut off counts by its status`() throws {
    let server = MailServer("cut:503", "cut:401")
    let outcomes = try TestClient(server).send()
    #expect(server.requests.count == 2)
    #expect(outcomes[0].text.hasPrefix("rejected: HTTP 401, then curl: (18) "))
  }

  @Test func `a connection that ends before all was sent is tried again`() throws {
    let server = MailServer("hangup", "hangup", "ok")
    let outcomes = try TestClient(server).send(mail: .large(9_000_000))
    #expect(outcomes.map(\.text) == ["accepted"])
    #expect(server.requests.count == 3)
  }

  @Test func `a refused connection is tried again and then told`() throws {
    let client = TestClient(endpoint: "http://127.0.0.1:1/v3.1/send")
    let outcomes = try client.send()
    #expect(outcomes[0].text.hasPrefix("rejected: curl: (7) Failed to connect to 127.0.0.1 port 1"))
    #expect(client.waits.seconds == [1, 2, 4])
  }

  @Test func `a server that takes the connection and says nothing had nothing`() throws {
    let server = MailServer("ok", kind: .mute)
    var client = TestClient(endpoint: "https://localhost:\(server.port)/v3.1/send")
    client.limits.connectSeconds = 1
    client.limits.totalSeconds = 2
    let outcomes = try client.send()
    #expect(outcomes[0].text.hasPrefix("rejected: curl: (28) "), "\(outcomes[0].text)")
    #expect(client.waits.seconds.count == 3)
  }

  @Test func `a key that the service repeats is not repeated by us`() throws {
    let text = try TestClient(MailServer("echo")).send()[0].text
    #expect(
      text
        == "rejected: HTTP 401 mj-0015: \"no such keys: Basic <redacted> <redacted>:<redacted>\" "
        + "(error e-mj-0015)")
  }
}

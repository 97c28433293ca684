import BundleFormat
import Delivery
import Glibc
import MailServer
import Rendering
import Testing

/// Keys that nothing but the service may ever see.
let publicKey = "PUBKEY-3c41"
let privateKey = "PRIVKEY-9d02"

/// What a test sends: messages through a real curl to a service on this machine.
struct TestClient {
  var endpoint: String
  /// Lives as long as its client.
  private var server: MailServer?
  var mode = SendingMode.live
  var environment: [String: String] = ["PATH": "/usr/bin:/bin"]
  var authorityFile: String?
  var limits = CurlTransport.Limits()
  var waits = Waits()

  init(_ server: MailServer, https: Bool = false) {
    self.server = server
    endpoint = "\(https ? "https" : "http")://localhost:\(server.port)/v3.1/send"
    if https { authorityFile = TestAuthority.shared.file }
  }

  init(endpoint: String) { self.endpoint = endpoint }

  /// Sends messages to lists of addresses, one message a list.
  func send(
    to lists: String = "ops@example.test", mail: RenderedMail = .small
  ) throws -> [MessageOutcome] {
    let settings = try settings(to: lists)
    return try service(settings).send(
      MailMessage.messages(of: mail, settings: settings, run: .random()))
  }

  func settings(to lists: String) throws -> MailSettings {
    var request = MailSettings.Request()
    request.from = "DM Report <dm-report@example.test>"
    request.to = [lists]
    request.endpoint = endpoint
    request.authorityFile = authorityFile
    return try MailSettings(request, variables: Self.variables)
  }

  /// - Parameter keys: Nil for ours.
  func service(_ settings: MailSettings, keys: MailjetKeys? = nil) throws -> Mailjet {
    Mailjet(
      keys: try keys ?? Self.variables.keys(), mode: mode,
      transport: try CurlTransport(
        settings: settings, environment: environment, limits: limits),
      retries: RetryPolicy(most: 3, firstSeconds: 1, jitter: { 1 }, pause: waits.add))
  }

  private static var variables: MailVariables {
    get throws {
      try MailVariables(
        environment: ["MJ_APIKEY_PUBLIC": publicKey, "MJ_APIKEY_PRIVATE": privateKey], file: nil)
    }
  }
}

/// The waits of a client, which are noted instead of waited.
final class Waits: @unchecked Sendable {
  // Appended to by one client in one thread.
  private(set) var seconds: [Double] = []
  func add(_ seconds: Double) { self.seconds.append(seconds) }
}

extension MessageOutcome {
  /// The service's words, whatever became of the message.
  var text: String {
    switch self {
    case .accepted: "accepted"
    case .rejected(let words, _): "rejected: \(words)"
    case .uncertain(let words): "uncertain: \(words)"
    }
  }

  var isUncertain: Bool { if case .uncertain = self { true } else { false } }
  var isRejected: Bool { if case .rejected = self { true } else { false } }
}

extension JSONValue {
  subscript(index: Int) -> JSONValue? {
    guard let elements = array, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  /// A header of a request that the server noted; nil when it was not sent.
  func header(_ name: String) -> String? {
    self["headers"]?.array?.first { $0[0]?.string?.lowercased() == name.lowercased() }?[1]?.string
  }
}

extension MessageOutcome {
  var isAccepted: Bool {
    if case .accepted = self { true } else { false }
  }
}

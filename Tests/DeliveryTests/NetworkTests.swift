import BundleFormat
import Delivery
import Glibc
import MailServer
import TestSupport
import Testing

/// Certificates, proxies, and what others on the machine can see.
@Suite(.enabled(if: MailServer.isAvailable, "python3, openssl or curl is not installed"))
struct NetworkTests {
  @Test func `a certificate that nobody vouches for ends the try, and nothing was sent`() throws {
    let server = MailServer("ok", kind: .https(.here))
    var client = TestClient(server, https: true)
    client.authorityFile = nil
    let outcomes = try client.send()
    #expect(
      outcomes[0].text.hasPrefix("rejected: curl: (60) SSL certificate problem: "),
      "\(outcomes[0].text)")
    #expect(server.requests.isEmpty)
    #expect(client.waits.seconds.isEmpty)
  }

  @Test func `a certificate of another host ends the try`() throws {
    let server = MailServer("ok", kind: .https(.elsewhere))
    let client = TestClient(server, https: true)
    let outcomes = try client.send()
    #expect(outcomes[0].text.hasPrefix("rejected: curl: (60) SSL: no alternative certificate "))
    #expect(server.requests.isEmpty)
    #expect(client.waits.seconds.isEmpty)
  }

  @Test func `plain HTTP where TLS is expected is no way around`() throws {
    let server = MailServer("ok")
    let client = TestClient(server, https: true)
    #expect(try client.send()[0].isRejected)
    #expect(server.requests.isEmpty)
  }

  @Test func `the environment's proxy is used, and the certificate behind it is checked`() throws {
    let server = MailServer("ok", kind: .https(.here))
    let proxy = MailServer("ok", kind: .proxy(to: server.port))
    var client = TestClient(server, https: true)
    client.environment["https_proxy"] = "http://127.0.0.1:\(proxy.port)"
    client.endpoint = "https://mail.test/v3.1/send"
    #expect(try client.send().map(\.text) == ["accepted"])
    #expect(proxy.requests.map { $0["path"]?.string } == ["mail.test:443"])
    #expect(server.requests.count == 1)
    client.endpoint = "https://other.test/v3.1/send"
    #expect(try client.send()[0].text.hasPrefix("rejected: curl: (60) "))
  }

  @Test func `no proxy is told the keys of a service on this machine`() throws {
    let server = MailServer("ok")
    let proxy = MailServer("ok", kind: .proxy(to: server.port))
    var client = TestClient(server)
    for name in ["http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"] {
      client.environment[name] = "http://127.0.0.1:\(proxy.port)"
    }
    #expect(try client.send().map(\.text) == ["accepted"])
    #expect(proxy.requests.isEmpty)
  }

  @Test func `the keys stand in no command line and in no environment`() throws {
    let server = MailServer("ok")
    let folder = TemporaryFolder()
    // Notes what everybody on the machine may see of it, and becomes the real one.
    folder.add(
      """
      #!/bin/sh
      tr '\\000' '\\n' </proc/$$/cmdline >\(folder.path)/argv
      tr '\\000' '\\n' </proc/$$/environ >\(folder.path)/environ
      exec \(MailServer.tool("curl") ?? "") "$@"

      """, as: "curl", mode: 0o700)
    var client = TestClient(server)
    client.environment = [
      "PATH": "\(folder.path):/usr/bin:/bin", "MJ_APIKEY_PUBLIC": publicKey,
      "MJ_APIKEY_PRIVATE": privateKey, "HOME": "/nonexistent", "no_proxy": "x.test",
    ]
    #expect(try client.send().map(\.text) == ["accepted"])
    let argv = TestFiles.text(of: "\(folder.path)/argv")
    let environment = TestFiles.text(of: "\(folder.path)/environ")
    #expect(argv.hasSuffix("\n-q\n--config\n-\n"))
    #expect(environment.contains("no_proxy=x.test\n"))
    for secret in [publicKey, privateKey, "UFVCS0VZ"] {
      #expect(!argv.contains(secret))
      #expect(!environment.contains(secret))
    }
  }

  @Test func `the user's own curl settings change nothing`() throws {
    let server = MailServer("ok")
    let folder = TemporaryFolder()
    folder.add("url = \"http://127.0.0.1:1/stolen\"\nrequest = PUT\n", as: ".curlrc")
    var client = TestClient(server)
    client.environment["HOME"] = folder.path
    client.environment["CURL_HOME"] = folder.path
    #expect(try client.send().map(\.text) == ["accepted"])
    #expect(server.requests.map { $0["method"]?.string } == ["POST"])
  }

  /// The folders of LVM are always searched, too.
  private static let isCurlAlwaysFound =
    access("/usr/sbin/curl", X_OK) == 0 || access("/sbin/curl", X_OK) == 0

  @Test(.enabled(if: !isCurlAlwaysFound, "curl lies where it is always looked for"))
  func `without curl it is said what to install`() throws {
    let folder = TemporaryFolder()
    var client = TestClient(endpoint: "http://localhost/x")
    client.environment["PATH"] = folder.path
    let error = #expect(throws: DeliveryError.self) { try client.send() }
    #expect(
      error?.description == "curl sends the mail, and it is not installed (apt-get install curl)")
  }
}

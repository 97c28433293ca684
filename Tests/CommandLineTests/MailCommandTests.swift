import BundleFormat
import MailServer
import SmallNode
import TestSupport
import Testing

/// `dmanalyze mail` and `report --mail`, against a service on this machine.
@Suite(.enabled(if: MailServer.isAvailable, "python3, openssl or curl is not installed"))
struct MailCommandTests {
  private let folder = TemporaryFolder()
  private let secrets = TemporaryFolder()
  private let services = Services()

  /// Services that live as long as the test.
  private final class Services {
    var all: [MailServer] = []
  }

  private static let keys = ["MJ_APIKEY_PUBLIC=PUBKEY-3c41", "MJ_APIKEY_PRIVATE=PRIVKEY-9d02"]

  private func run(
    _ arguments: String..., environment: [String] = keys, output: Program.Output = .captured
  ) -> Program {
    Program(arguments, output: output, environment: environment, in: folder)
  }

  /// A settings file for a service, with keys and addresses.
  private func settings(_ server: MailServer, mode: UInt32 = 0o600) -> String {
    services.all.append(server)
    return secrets.add(
      """
      MJ_APIKEY_PUBLIC=PUBKEY-3c41
      MJ_APIKEY_PRIVATE=PRIVKEY-9d02
      DM_MAIL_FROM="DM health <dm@example.test>"
      DM_MAIL_TO="Ops <ops@example.test>, b@example.test; c@example.test"
      DM_MAIL_ENDPOINT=http://localhost:\(server.port)/v3.1/send

      """, as: "mail.env", mode: mode)
  }

  @Test func `0: the mail was taken, and who got it is printed`() throws {
    folder.add(SmallNode.withGhost)
    let server = MailServer("ok", kind: .https(.here))
    let program = run(
      "mail", "node.tar", "--to", "ops@example.test", "--from", "dm@example.test",
      "--mail-endpoint", "https://localhost:\(server.port)/v3.1/send",
      "--mail-ca-file", TestAuthority.shared.file, "--attach-script")
    #expect(program.exitCode == 0, "\(program.errors)")
    #expect(program.output.hasPrefix("mail: pve1 to ops@example.test: sent (message 1000, dm-"))
    #expect(program.errors.isEmpty)
    let message = try #require(server.requests.first?["body"]?["Messages"]?.array?.first)
    #expect(message["Subject"]?.string?.hasPrefix("[pve1] DM health B: 1 warning (lab, ") == true)
    let names = message["Attachments"]?.array?.compactMap { $0["Filename"]?.string }
    #expect(names == ["pve1-cleanup.sh", "pve1.html"])
    #expect(message["TextPart"]?.string?.contains("The cleanup script is attached: ") == true)
  }

  @Test func `0: the sandbox, without a script that nobody asked for`() throws {
    folder.add(SmallNode.withGhost)
    let server = MailServer("ok")
    let program = run(
      "mail", "node.tar", "--mail-settings", settings(server), "--sandbox", environment: [])
    #expect(program.exitCode == 0, "\(program.errors)")
    #expect(program.output.contains("pve1 to c@example.test: checked and not sent (sandbox) (dm-"))
    let body = try #require(server.requests.first?["body"])
    #expect(body["SandboxMode"]?.bool == true)
    #expect(body["Messages"]?.array?.count == 2)
    #expect(body["Messages"]?.array?.first?["Attachments"]?.array?.count == 1)
  }

  @Test func `0: a dry run prints the request, needs no keys and asks nobody`() throws {
    folder.add(SmallNode.withGhost)
    let server = MailServer("ok")
    let arguments = ["mail", "node.tar", "--dry-run", "--mail-settings", settings(server)]
    let program = Program(arguments, environment: Self.keys, in: folder)
    #expect(program.exitCode == 0, "\(program.errors)")
    #expect(program.errors.hasPrefix("dmanalyze: 1 request to http://localhost:"))
    #expect(program.errors.hasSuffix("; nothing was sent\n"))
    let body = try JSONValue(parsing: Array(program.output.utf8))
    #expect(body["Messages"]?.array?.count == 2)
    #expect(!program.output.contains("KEY-"))
    #expect(Program(arguments, environment: Self.keys, in: folder).output == program.output)
    let without = run(
      "mail", "node.tar", "--dry-run", "--to", "a@x.test", "--from", "a@x.test", environment: [])
    #expect(without.exitCode == 0, "\(without.errors)")
    let variables = run(
      "mail", "node.tar", "--dry-run",
      environment: ["DM_MAIL_FROM=dm@x.test", "DM_MAIL_TO=Ops <ops@x.test>"])
    #expect(variables.exitCode == 0, "\(variables.errors)")
    #expect(server.requests.isEmpty)
  }

  @Test(arguments: [
    ["mail"], ["mail", "node.tar", "--to", "nobody"],
    ["mail", "node.tar", "--from", "a@x.test,b@x.test"],
    ["mail", "node.tar", "--mail-endpoint", "http://api.mailjet.com/v3.1/send"],
    ["mail", "node.tar", "--dry-run", "--sandbox"], ["node.tar", "--to", "a@x.test"],
    ["report", "node.tar", "--sandbox"], ["mail", "node.tar", "--cc", "a@x.test\u{7}"],
    ["mail", "node.tar", "--ignore", "no-such-file"],
  ])
  func `2: usage`(arguments: [String]) {
    folder.add(SmallNode.withGhost)
    let program = Program(arguments, in: folder)
    #expect(program.exitCode == 2)
    #expect(program.output.isEmpty)
    #expect(!program.errors.contains("\u{7}"))
  }

  @Test func `its help says of --ignore what report's says`() {
    let lines = [["mail", "--help"], ["report", "--help"]].map { arguments in
      Program(arguments, in: folder).output.split(whereSeparator: \.isWhitespace)
        .joined(separator: " ")
    }
    for line in lines {
      #expect(line.contains("Lines: RULE[:SUBJECT] [until YYYY-MM-DD] # reason."))
    }
    #expect(
      Program(["explain", "--help"], in: folder).output.contains("<mapping|guest|volume>"))
  }

  @Test func `3 and 4: no bundle, and a newer one`() {
    _ = folder.add("hello\n", as: "text")
    var newer = SmallNode()
    newer.format = 2
    folder.add(newer)
    #expect(run("mail", "text", "--to", "a@x.test").exitCode == 3)
    #expect(run("mail", "node.tar", "--to", "a@x.test").exitCode == 4)
  }

  @Test func `5: sent, but a required source is missing`() {
    var node = SmallNode()
    node.lacking = [.lvs]
    folder.add(node)
    let server = MailServer("ok")
    #expect(run("mail", "node.tar", "--mail-settings", settings(server)).exitCode == 5)
    #expect(server.requests.count == 1)
  }

  @Test func `6: the service's own words, which no terminal obeys`() {
    folder.add(SmallNode())
    let server = MailServer("partial:400:0")
    let program = run("mail", "node.tar", "--mail-settings", settings(server))
    #expect(program.exitCode == 6)
    #expect(
      program.errors == """
        dmanalyze: mail: pve1 to ops@example.test, b@example.test: not sent: send-0008: \
        ""x@y.z" is not an authorized sender\\x1b[31m" (From; error e-send-0008)

        """)
    #expect(program.output.hasPrefix("mail: pve1 to c@example.test: sent (message 1000, dm-"))
  }

  @Test func `6: what may have been sent is said, with the name to look for`() {
    folder.add(SmallNode())
    let program = run("mail", "node.tar", "--mail-settings", settings(MailServer("status:500")))
    #expect(program.exitCode == 6)
    #expect(program.errors.contains(": may have been sent (look for CustomID dm-"))
    #expect(program.errors.contains("): HTTP 500, text/html: <h1>sorry</h1>\n"))
  }

  @Test func `6: a wait is announced, and then it works`() {
    folder.add(SmallNode())
    let program = run(
      "mail", "node.tar", "--mail-settings", settings(MailServer("error:429:mj-0014", "ok")))
    #expect(program.exitCode == 0)
    #expect(
      program.errors
        == "dmanalyze: mail: try 1 of 4 failed: HTTP 429 mj-0014: \"words of mj-0014\" "
        + "(error e-mj-0014); trying again\n")
  }

  @Test func `2: settings that are missing, open to others, or wrong`() {
    folder.add(SmallNode())
    let server = MailServer("ok")
    let open = run("mail", "node.tar", "--mail-settings", settings(server, mode: 0o644))
    #expect(open.exitCode == 2)
    #expect(
      open.errors.hasSuffix(
        "mail.env has mode 0644: the keys in it are others' to read; chmod 600 it\n"))
    let none = run(
      "mail", "node.tar", "--to", "a@x.test", "--from", "a@x.test",
      environment: ["MJ_APIKEY_PUBLIC="])
    #expect(none.exitCode == 2)
    #expect(none.errors == "dmanalyze: mail: no API key: set MJ_APIKEY_PUBLIC\n")
    for arguments in [["mail", "node.tar"], ["mail", "node.tar", "--dry-run"]] {
      let program = Program(arguments, environment: Self.keys, in: folder)
      #expect(program.exitCode == 2)
      #expect(program.errors == "dmanalyze: mail: no sender: set DM_MAIL_FROM or give --from\n")
    }
    #expect(server.requests.isEmpty)
  }

  @Test func `no output ever holds a key`() {
    folder.add(SmallNode())
    for answer in ["ok", "echo", "status:404"] {
      let program = run("mail", "node.tar", "--mail-settings", settings(MailServer(answer)))
      for secret in ["KEY-", "UFVCS0VZ"] {
        #expect(!program.output.contains(secret))
        #expect(!program.errors.contains(secret))
      }
    }
  }

  @Test func `report --mail prints as ever, and sends by the settings file alone`() throws {
    folder.add(SmallNode.withGhost)
    let server = MailServer("ok")
    let plain = run("node.tar")
    let mailed = run(
      "node.tar", "--mail", environment: ["DM_MAIL_SETTINGS=\(settings(server))"])
    #expect(mailed.exitCode == 1)
    #expect(mailed.output == plain.output)
    #expect(
      mailed.errors.hasPrefix("dmanalyze: mail: pve1 to ops@example.test, b@example.test: sent ("))
    #expect(server.requests.count == 1)
  }

  @Test func `report --mail: a mail for each node, and files that stay when none goes out`() throws
  {
    folder.add(SmallNode.withGhost)
    var other = SmallNode()
    other.collectedAt = Timestamp("2026-11-23T19:54:00Z")!
    folder.add(other, as: "other.tar")
    let server = MailServer("error:401:mj-0015")
    let program = run(
      "report", "node.tar", "other.tar", "-o", "reports", "--format", "json", "--mail",
      "--mail-settings", settings(server))
    #expect(program.exitCode == 6)
    #expect(program.errors.split(separator: "\n").count == 4)
    let names = try #require(folder.names(in: "reports"))
    #expect(names.filter { $0.hasSuffix(".json") }.count == 2)
    let messages = try #require(server.requests.first?["body"]?["Messages"]?.array)
    #expect(messages.count == 4)
    #expect(
      messages.last?["Subject"]?.string == "[pve1] DM health A+: no findings (lab, 2026-11-23)")
  }

  @Test func `the report comes before a mail that can't be sent`() {
    folder.add(SmallNode.withGhost)
    let program = run("node.tar", "--mail", environment: ["DM_MAIL_SETTINGS=/nowhere"])
    #expect(program.exitCode == 6)
    #expect(program.output.contains("Findings: 1 warning"))
    #expect(program.errors == "dmanalyze: mail: /nowhere: No such file or directory\n")
  }

  @Test func `7: what can't be printed`() {
    folder.add(SmallNode())
    let program = run(
      "mail", "node.tar", "--dry-run", "--to", "a@x.test", "--from", "a@x.test",
      output: .file("/dev/full"))
    #expect(program.exitCode == 7)
  }
}

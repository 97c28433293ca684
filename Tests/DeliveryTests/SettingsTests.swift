import Delivery
import Glibc
import MailServer
import TestSupport
import Testing

/// Where settings come from, and what is refused.
struct SettingsTests {
  private let folder = TemporaryFolder()

  private func variables(
    _ text: String, environment: [String: String] = [:], mode: mode_t = 0o600
  ) throws -> MailVariables {
    try MailVariables(
      environment: environment, file: folder.add(text, as: "mail.env", mode: mode))
  }

  @Test func `a file in systemd's form is read as systemd reads it`() throws {
    let variables = try variables(
      """
      # a comment
      ; another
        MJ_APIKEY_PUBLIC=abc
      MJ_APIKEY_PRIVATE='de$f'
      DM_MAIL_BCC='d"e$f\\g'

      DM_MAIL_FROM="DM \\"Report\\" \\$x \\n <a@x.test>"
      DM_MAIL_TO=Ops <ops@x.test>, \\
      b@x.test   \r
      DM_MAIL_CC = c@x.test
      OTHER=1
      DM_MAIL_REPLY_TO=first@x.test
      DM_MAIL_REPLY_TO=r@x.test
      """)
    #expect(variables[.from] == #"DM "Report" $x \n <a@x.test>"#)
    #expect(variables[.to] == "Ops <ops@x.test>, b@x.test")
    #expect(variables[.cc] == "c@x.test")
    #expect(variables[.replyTo] == "r@x.test")
    #expect(variables[.bcc] == #"d"e$f\g"#)
    #expect(variables[.endpoint] == nil)
    _ = try variables.keys()
  }

  @Test(arguments: [
    ("A=1\nnonsense\n", 2, "expected NAME=value"),
    ("1A=1\n", 1, "expected a variable's name before the ="),
    ("A B=1\n", 1, "expected a variable's name before the ="),
    ("A=1\nB=\"open\nC=2\n", 2, "a quote is not closed"),
    ("A=\u{0}\n", 1, "the value is not UTF-8 text"),
  ])
  func `a file without the form is refused with its line`(
    text: String, line: Int, why: String
  ) {
    let path = "\(folder.path)/mail.env"
    #expect(throws: DeliveryError.malformedSettings(path: path, line: line, why: why)) {
      _ = folder.add("", as: "mail.env")
      let stream = fopen(path, "w")
      _ = Array(text.utf8).withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, stream) }
      fclose(stream)
      _ = try MailVariables(environment: [:], file: path)
    }
  }

  @Test(arguments: [0o640, 0o604, 0o644, 0o660, 0o620, 0o602, 0o610])
  func `a file that others can use is refused`(mode: Int) {
    let error = #expect(throws: DeliveryError.self) {
      try variables("MJ_APIKEY_PUBLIC=a\nMJ_APIKEY_PRIVATE=b\n", mode: mode_t(mode))
    }
    #expect(
      error?.description.hasSuffix(
        "0\(String(mode, radix: 8)): the keys in it are others' to read; chmod 600 it") == true)
  }

  @Test(arguments: [0o600, 0o400])
  func `a file of its owner alone is taken`(mode: Int) throws {
    #expect(try variables("DM_MAIL_CC=x\n", mode: mode_t(mode))[.cc] == "x")
  }

  @Test func `a folder, a device and nothing are no settings`() {
    #expect(throws: DeliveryError.untrustedSettings(path: folder.path, why: "is not a file")) {
      try MailVariables(environment: [:], file: folder.path)
    }
    #expect(throws: DeliveryError.untrustedSettings(path: "/dev/null", why: "is not a file")) {
      try MailVariables(environment: [:], file: "/dev/null")
    }
    #expect(throws: DeliveryError.unreadableSettings(path: "/nowhere", errorNumber: ENOENT)) {
      try MailVariables(environment: ["DM_MAIL_SETTINGS": "/nowhere"], file: nil)
    }
  }

  @Test func `option before environment before file`() throws {
    let variables = try variables(
      "DM_MAIL_FROM=file@x.test\nDM_MAIL_TO=file@x.test\nDM_MAIL_CC=file@x.test\n",
      environment: ["DM_MAIL_TO": "env@x.test", "DM_MAIL_CC": "env@x.test", "DM_MAIL_FROM": ""])
    var request = MailSettings.Request()
    request.cc = ["option@x.test"]
    let settings = try MailSettings(request, variables: variables)
    #expect(settings.sender.email == "file@x.test")
    #expect(settings.recipientLists.map { $0.map(\.email) } == [["env@x.test"]])
    #expect(settings.cc.map(\.email) == ["option@x.test"])
    #expect(settings.endpoint == .mailjet)
  }

  @Test func `two halves of different keys are no pair`() throws {
    let variables = try variables(
      "MJ_APIKEY_PUBLIC=a\nMJ_APIKEY_PRIVATE=b\n", environment: ["MJ_APIKEY_PUBLIC": "c"])
    #expect(
      throws: DeliveryError.missing(what: "API key", variable: "MJ_APIKEY_PRIVATE", option: nil)
    ) { try variables.keys() }
  }

  @Test(arguments: ["a b", "a:b", "a\"b", "a\\b", "ä", "a\n", String(repeating: "a", count: 129)])
  func `what can't be a key is refused, and not repeated`(key: String) {
    let error = #expect(throws: DeliveryError.self) {
      try MailVariables(
        environment: ["MJ_APIKEY_PUBLIC": "a", "MJ_APIKEY_PRIVATE": key], file: nil
      ).keys()
    }
    #expect(error == .invalidKey(variable: "MJ_APIKEY_PRIVATE"))
  }

  @Test func `keys print as redacted, however they are printed`() throws {
    let keys = try MailVariables(
      environment: ["MJ_APIKEY_PUBLIC": publicKey, "MJ_APIKEY_PRIVATE": privateKey], file: nil
    ).keys()
    var dumped = ""
    dump(keys, to: &dumped)
    dump([keys as Any], to: &dumped)
    for text in ["\(keys)", String(describing: keys), String(reflecting: keys), dumped] {
      #expect(text.contains("<redacted>"))
      #expect(!text.contains("KEY-"))
    }
  }

  @Test func `what is missing is named with its variable and option`() throws {
    let none = try MailVariables(environment: [:], file: nil)
    var request = MailSettings.Request()
    var error = #expect(throws: DeliveryError.self) { try MailSettings(request, variables: none) }
    #expect(error?.description == "no sender: set DM_MAIL_FROM or give --from")
    request.from = "a@x.test"
    error = #expect(throws: DeliveryError.self) { try MailSettings(request, variables: none) }
    #expect(error?.description == "no recipient: set DM_MAIL_TO or give --to")
    request.to = [" , ; "]
    error = #expect(throws: DeliveryError.self) { try MailSettings(request, variables: none) }
    #expect(error?.description == "no recipient: set DM_MAIL_TO or give --to")
  }

  @Test func `more recipients than Mailjet takes are refused before anything is sent`() throws {
    var request = MailSettings.Request()
    request.from = "a@x.test"
    request.to = [(1...49).map { "u\($0)@x.test" }.joined(separator: ",")]
    request.cc = ["c@x.test", "d@x.test"]
    let none = try MailVariables(environment: [:], file: nil)
    #expect(throws: DeliveryError.tooManyRecipients(count: 51)) {
      try MailSettings(request, variables: none)
    }
    request.cc = ["c@x.test"]
    _ = try MailSettings(request, variables: none)
  }

  @Test func `a file of certificates that is not there is told at once`() throws {
    var request = MailSettings.Request()
    request.from = "a@x.test"
    request.to = ["a@x.test"]
    request.authorityFile = "/nowhere/ca.pem"
    let none = try MailVariables(environment: [:], file: nil)
    #expect(throws: DeliveryError.invalidFile(path: "/nowhere/ca.pem", errorNumber: ENOENT)) {
      try MailSettings(request, variables: none)
    }
  }
}

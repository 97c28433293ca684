import ArgumentParser
import BundleFormat
import Delivery

/// Where mail goes and how: the same words for `mail` and `report --mail`.
struct MailOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Who gets it: ADDRESS or NAME <ADDRESS>, several with commas.",
      discussion: """
        Each --to, and each part between semicolons, is a list that gets a message of its own. \
        Variable: DM_MAIL_TO.
        """, valueName: "addresses"))
  var to: [String] = []

  @Option(
    help: ArgumentHelp(
      "The sender, which Mailjet must know. Variable: DM_MAIL_FROM.", valueName: "address"))
  var from: String?

  @Option(
    help: ArgumentHelp("Copies of every message. Variable: DM_MAIL_CC.", valueName: "addresses"))
  var cc: [String] = []

  @Option(
    help: ArgumentHelp(
      "Hidden copies of every message. Variable: DM_MAIL_BCC.", valueName: "addresses"))
  var bcc: [String] = []

  @Option(
    help: ArgumentHelp(
      "Where answers go. Variable: DM_MAIL_REPLY_TO.", valueName: "address"))
  var replyTo: String?

  @Option(
    help: ArgumentHelp(
      "A file with variables, which only its owner can read.",
      discussion: """
        NAME=value lines as systemd's EnvironmentFile has them: MJ_APIKEY_PUBLIC, \
        MJ_APIKEY_PRIVATE and the variables named here. The environment counts before the file. \
        Variable: DM_MAIL_SETTINGS.
        """, valueName: "file"))
  var mailSettings: String?

  @Option(
    help: ArgumentHelp(
      "Another Send API than Mailjet's: https, or http on this machine. Variable: DM_MAIL_ENDPOINT.",
      valueName: "url"))
  var mailEndpoint: String?

  @Option(
    help: ArgumentHelp(
      "Trust these certificates instead of the system's. Variable: DM_MAIL_CA_FILE.",
      valueName: "file"))
  var mailCAFile: String?

  @Flag(help: "Attach the cleanup script, too, if the plan has a step.")
  var attachScript = false

  @Flag(help: "Have Mailjet check the mail and send nothing.")
  var sandbox = false

  /// The options that stand for settings.
  var request: MailSettings.Request {
    var request = MailSettings.Request()
    request.from = from
    request.to = to
    request.cc = cc
    request.bcc = bcc
    request.replyTo = replyTo
    request.endpoint = mailEndpoint
    request.authorityFile = mailCAFile
    return request
  }

  /// Whether any option of mail was given.
  var isAnyGiven: Bool {
    !to.isEmpty || from != nil || !cc.isEmpty || !bcc.isEmpty || replyTo != nil
      || mailSettings != nil || mailEndpoint != nil || mailCAFile != nil || attachScript || sandbox
  }

  /// Says what is wrong with the command line itself, before any work is done.
  func validate() throws {
    try Self.refuseEmpty(["--mail-settings": mailSettings, "--mail-ca-file": mailCAFile])
    do throws(DeliveryError) {
      for text in to { _ = try MailAddress.lists(parsing: text) }
      for text in cc + bcc { _ = try MailAddress.list(parsing: text) }
      for text in [from, replyTo] {
        if let text { _ = try MailAddress(parsing: text) }
      }
      if let mailEndpoint { _ = try Endpoint(parsing: mailEndpoint) }
    } catch {
      throw ValidationError(TerminalText.escaped(error.description))
    }
  }
}

import Analysis
import ArgumentParser
import Rendering

/// `dmanalyze [report] BUNDLE…`: judges bundles and prints or writes reports.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Judge bundles and report (the default).")

  @Argument(
    help: ArgumentHelp(
      "An archive, an unpacked folder, or - for standard input.", valueName: "bundle"))
  var bundles: [String]

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Write the reports into this folder.", valueName: "dir"))
  var folder: String?

  @Option(
    help: """
      text, json, html, markdown, sarif, junit or openmetrics. Repeat for several with -o, which \
      writes html and json by default.
      """)
  var format: [ReportFormat] = []

  @Option(
    help: ArgumentHelp(
      "Exit 1 from this severity on: info, notice, warning, critical.", valueName: "severity"))
  var failOn: FailingSeverity = .warning

  @Option(help: IgnoreFile.help)
  var ignore: String?

  @Option(
    help: "Whose rules judge: evidence, or v27, the bash script before this (no plan, no script).")
  var policy: Policy = .evidence

  @Option(
    help: ArgumentHelp(
      "v27: say for each mapping what the bash script before this would have said.",
      valueName: "policy"))
  var compare: Policy?

  @Option(
    help: ArgumentHelp(
      "Warn and exit 5 when a bundle is older than this many hours.", valueName: "hours"))
  var maxAge: Double?

  @Flag(
    help: """
      Send each node's report by mail, too, once it is printed or written. Without options of mail, \
      everything comes from variables or the file of DM_MAIL_SETTINGS.
      """)
  var mail = false

  @OptionGroup(title: "Mail options")
  var mailOptions: MailOptions

  func validate() throws {
    try Self.refuseEmpty(["--output": folder, "--ignore": ignore])
    if folder == "-" {
      throw ValidationError("-o takes a folder; without it the report goes to standard output.")
    }
    if folder == nil && format.count > 1 {
      throw ValidationError("Several formats need a folder: add -o DIR.")
    }
    if folder == nil && format == [.html] && bundles.count > 1 {
      throw ValidationError("An HTML page is of one node: add -o DIR for several bundles.")
    }
    if (bundles + [ignore]).count(where: { $0 == "-" }) > 1 {
      throw ValidationError("Standard input can be read only once.")
    }
    if compare == .evidence { throw ValidationError("--compare takes v27.") }
    if compare != nil && policy != .evidence {
      throw ValidationError("--compare v27 needs the policy evidence to compare with.")
    }
    if mailOptions.isAnyGiven && !mail {
      throw ValidationError("Options of mail need --mail.")
    }
    if let maxAge, !(maxAge >= 0) { throw ValidationError("--max-age takes hours, 0 or more.") }
  }

  func run() throws {
    let request = ReportRequest(
      bundles: bundles, folder: folder, formats: format, failOn: failOn.severity, ignore: ignore,
      policy: policy, isCompared: compare == .v27, maxAge: maxAge, mail: mail ? mailOptions : nil)
    try request.run()
  }
}

extension Policy: ExpressibleByArgument {}

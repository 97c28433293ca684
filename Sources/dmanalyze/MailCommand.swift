import Analysis
import ArgumentParser
import BundleFormat
import Delivery
import NodeState
import Rendering

/// `dmanalyze mail BUNDLE`: one node's report by mail.
struct MailCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mail", abstract: "Judge a bundle and send the report through Mailjet.",
    discussion: """
      The keys come from MJ_APIKEY_PUBLIC and MJ_APIKEY_PRIVATE, in the environment or in the file of \
      --mail-settings. What was refused for a moment only is tried again, up to three times; where the \
      service may have the message already, it is not.

      Exit: 0 taken by Mailjet (or shown, with --dry-run), 2 usage, or settings that are missing or \
      wrong, 3 not a bundle, 4 newer format, \
      5 sent, but a required source was missing, 6 not delivered, 7 output could not be written.
      """)

  @Argument(help: "An archive, an unpacked folder, or - for standard input.")
  var bundle: String

  @OptionGroup(title: "Mail options")
  var mail: MailOptions

  @Flag(help: "Print the request, without keys, and send nothing.")
  var dryRun = false

  @Option(help: IgnoreFile.help)
  var ignore: String?

  func validate() throws {
    try Self.refuseEmpty(["--ignore": ignore])
    if bundle == "-" && ignore == "-" {
      throw ValidationError("Standard input can be read only once.")
    }
    if dryRun && mail.sandbox {
      throw ValidationError("--dry-run sends nothing, so there is nothing for --sandbox.")
    }
  }

  func run() throws {
    guard var ignoreFile = IgnoreFile(ignore) else { throw ExitStatus.usage }
    let loaded = try NodeBundle.load(bundle).get()
    let assessment = Assessment(of: NodeSnapshot(reading: loaded), ignoring: ignoreFile.list)
    ignoreFile.note(assessment.ignoreUse)
    ignoreFile.reportIdleLines()
    var dispatch = MailDispatch(mail, run: dryRun ? .dryRun : .random())
    dispatch.add(assessment, named: ReportName.of(assessment))
    try dryRun ? preview(dispatch) : send(dispatch)
    if assessment.lacksRequiredSource { throw ExitStatus.incomplete }
  }

  private func preview(_ dispatch: MailDispatch) throws {
    let isWritten: Bool
    do throws(DeliveryError) {
      isWritten = try dispatch.preview()
    } catch {
      throw status(after: error)
    }
    if !isWritten { throw ExitStatus.notWritten }
  }

  private func send(_ dispatch: MailDispatch) throws {
    var isWritten = true
    let isDelivered: Bool
    do throws(DeliveryError) {
      isDelivered = try dispatch.send { isWritten = Console.print($0 + "\n") && isWritten }
    } catch {
      throw status(after: error)
    }
    if !isDelivered { throw ExitStatus.notDelivered }
    if !isWritten { throw ExitStatus.notWritten }
  }

  /// Says what is wrong: settings are usage, and all else kept the mail from going.
  private func status(after error: DeliveryError) -> ExitStatus {
    Console.warn("dmanalyze: mail: \(TerminalText.escaped(error.description))")
    return error.isOfSettings ? .usage : .notDelivered
  }
}

import ArgumentParser
import BundleFormat
import Glibc
import Spawn
import Threads

/// Reads bundles and says what each mapping of their nodes is.
@main
struct DMAnalyze: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dmanalyze",
    abstract: "Proves for each device-mapper mapping of a Proxmox VE node what it is.",
    usage: """
      dmanalyze [report] BUNDLE... [-o DIR] [--format FORMAT]...
      dmanalyze explain BUNDLE MAPPING|GUEST|VOLUME
      dmanalyze rules [RULE]
      dmanalyze script BUNDLE [-o FILE]
      dmanalyze mail BUNDLE [--to ADDRESS]... [--dry-run|--sandbox]
      dmanalyze verify BUNDLE
      dmanalyze diff OLD NEW [--journal FILE] [--format text|json]
      """,
    discussion: """
      A BUNDLE is what dmcollect wrote: an archive, its unpacked folder, or - for standard input.

      Exit: 0 no finding at or above --fail-on, 1 findings, 2 usage, 3 not a bundle, damaged or \
      truncated, 4 newer format, 5 judged, but a required source was missing, altered or too old, \
      6 mail not delivered, 7 output could not be written. Of several bundles: the highest.
      """,
    version: "dmanalyze \(Release.version)",
    subcommands: [
      ReportCommand.self, ExplainCommand.self, RulesCommand.self, ScriptCommand.self,
      MailCommand.self, VerifyCommand.self, DiffCommand.self,
    ], defaultSubcommand: ReportCommand.self)

  /// Runs the command; usage errors end with 2, as the contract says.
  static func main() {
    StandardDescriptors.openMissing()
    // libarchive has no names beyond ASCII in the C locale.
    setlocale(LC_CTYPE, "C.UTF-8")
    // A closed pipe is an error of the write, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    do {
      if let request = ReportRequest(plain: CommandLine.arguments.dropFirst()) {
        try request.run()
      }
      var command = try parseAsRoot()
      try command.run()
    } catch let status as ExitStatus {
      Glibc.exit(status.rawValue)
    } catch {
      let code = exitCode(for: error)
      let message = fullMessage(for: error)
      if code.isSuccess {
        let isWritten = Console.print(message + "\n")
        Glibc.exit(isWritten ? 0 : ExitStatus.notWritten.rawValue)
      }
      Console.warn(message)
      Glibc.exit(ExitStatus.usage.rawValue)
    }
  }
}

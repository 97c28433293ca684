import Analysis
import ArgumentParser
import BundleFormat
import Glibc
import NodeState
import Rendering

/// `dmanalyze script BUNDLE`: the cleanup script alone.
struct ScriptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "script", abstract: "Write the cleanup script of a bundle's plan.")

  @Argument(help: "An archive, an unpacked folder, or - for standard input.")
  var bundle: String

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "Write it into this file; - is standard output.")
  var file: String?

  func validate() throws { try Self.refuseEmpty(["--output": file]) }

  /// Nil for standard output.
  private var path: String? { file == "-" ? nil : file }

  func run() throws {
    let loaded = try NodeBundle.load(bundle).get()
    let assessment = Assessment(of: NodeSnapshot(reading: loaded))
    if let script = CleanupScript(assessment) {
      let bytes = Array(script.text.utf8)
      let isWritten = path.map { FileOutput.write(bytes, to: $0) } ?? Console.print(bytes)
      guard isWritten else { throw ExitStatus.notWritten }
    } else {
      Console.warn("dmanalyze: the plan has no step, so there is no script")
      // An older plan's steps are not this bundle's.
      let isRemoved =
        path.map {
          FileOutput.remove(
            $0, beginning: CleanupScript.beginning, because: "this plan has no step")
        } ?? true
      guard isRemoved else { throw ExitStatus.notWritten }
    }
    if assessment.lacksRequiredSource { throw ExitStatus.incomplete }
  }
}

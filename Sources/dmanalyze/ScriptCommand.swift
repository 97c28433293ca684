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

  @Option(name: [.customShort("o"), .customLong("output")], help: "Write it into this file.")
  var file: String?

  func validate() throws { try Self.refuseEmpty(["--output": file]) }

  func run() throws {
    let loaded = try NodeBundle.load(bundle).get()
    let assessment = Assessment(of: NodeSnapshot(reading: loaded))
    if let script = CleanupScript(assessment) {
      let bytes = Array(script.text.utf8)
      let isWritten = file.map { FileOutput.write(bytes, to: $0) } ?? Console.print(bytes)
      guard isWritten else { throw ExitStatus.notWritten }
    } else {
      Console.warn("dmanalyze: the plan has no step, so there is no script")
    }
    if assessment.lacksRequiredSource { throw ExitStatus.incomplete }
  }
}

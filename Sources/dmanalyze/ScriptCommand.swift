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

  func run() throws {
    let loaded = try NodeBundle.load(bundle).get()
    let assessment = Assessment(of: NodeSnapshot(reading: loaded))
    guard let script = CleanupScript(assessment) else {
      Console.warn("dmanalyze: the plan has no step, so there is no script")
      return
    }
    let bytes = Array(script.text.utf8)
    let isWritten = file.map { FileOutput.write(bytes, to: $0) } ?? Console.print(bytes)
    if !isWritten { throw ExitStatus.notWritten }
  }
}

import ArgumentParser
import BundleFormat
import Glibc

/// `dmanalyze verify BUNDLE`: hashes and completeness.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check a bundle's hashes and completeness.")

  @Argument(help: "An archive, an unpacked folder, or - for standard input.")
  var bundle: String

  func run() throws {
    let loaded = try NodeBundle.load(bundle).get()
    let verification = BundleVerification(of: loaded)
    guard Console.print(verification.lines().map { $0 + "\n" }.joined()) else {
      throw ExitStatus.notWritten
    }
    if verification.verdict != .complete { throw ExitStatus.incomplete }
  }
}

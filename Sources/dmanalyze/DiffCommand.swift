import Analysis
import ArgumentParser
import BundleFormat
import NodeState
import Rendering

/// `dmanalyze diff OLD NEW`: what came of a plan, and what is new.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Compare two bundles of one node, before and after a cleanup.",
    discussion: """
      Says of each step of OLD's plan whether its mapping went, by the journal when and in which \
      words, and what remains; then what is new, what is judged differently, which findings came \
      and went, and the grade before and now.

      Exit: 0 all that was planned is gone and no finding of warning or worse came, 1 otherwise, \
      2 usage, or bundles that can't be compared: two nodes, two machines, the later one first, \
      3 not a bundle, damaged or truncated, 4 newer format, 5 a required source was missing in one.
      """)

  @Argument(help: "The earlier bundle, whose plan was carried out.")
  var old: String

  @Argument(help: "The later bundle.")
  var new: String

  @Option(
    help: ArgumentHelp(
      "The cleanup script's log, as it is on the node (/var/log/dmtools-cleanup.log).",
      valueName: "file"))
  var journal: String?

  @Option(help: "text or json.")
  var format: DiffFormat = .text

  func validate() throws {
    try Self.refuseEmpty(["--journal": journal])
    if [old, new, journal].count(where: { $0 == "-" }) > 1 {
      throw ValidationError("Standard input can be read only once.")
    }
  }

  func run() throws {
    let bundles = try Self.load(old, new)
    let log = try journal.map(Self.journal)
    let before = Assessment(of: NodeSnapshot(reading: bundles.0))
    let now = Assessment(of: NodeSnapshot(reading: bundles.1))
    let comparison: NodeComparison
    do throws(ComparisonError) {
      comparison = try NodeComparison(
        from: before, to: now, plan: PlanDigest(of: before.plan).hex, journal: log)
    } catch {
      Console.warn("dmanalyze: \(TerminalText.escaped(error.description))")
      if case .mappingsUnknown = error { throw ExitStatus.incomplete }
      throw ExitStatus.usage
    }
    guard Console.print(format.bytes(of: comparison)) else { throw ExitStatus.notWritten }
    if before.lacksRequiredSource || now.lacksRequiredSource { throw ExitStatus.incomplete }
    if !comparison.isClosed { throw ExitStatus.findings }
  }

  /// Reads both, whatever becomes of the first.
  ///
  /// - Throws: The highest ``ExitStatus`` of those that can't be read.
  private static func load(_ old: String, _ new: String) throws -> (NodeBundle, NodeBundle) {
    switch (NodeBundle.load(old), NodeBundle.load(new)) {
    case (.success(let old), .success(let new)): return (old, new)
    case (.failure(let one), .failure(let other)): throw max(one, other)
    case (.failure(let status), .success), (.success, .failure(let status)): throw status
    }
  }

  private static func journal(_ path: String) throws -> CleanupJournal {
    guard let bytes = FileInput.content(of: path, limit: FileInput.journalLimit) else {
      Console.warn("dmanalyze: \(TerminalText.escaped(path)): \(FileInput.lastError)")
      throw ExitStatus.usage
    }
    return CleanupJournal(parsing: bytes)
  }
}

import Analysis
import ArgumentParser
import BundleFormat
import NodeState
import Rendering

/// `dmanalyze explain BUNDLE MAPPING|GUEST|VOLUME`: every question that led to a verdict, with its answer.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain how a mapping, volume or guest was judged.",
    discussion: """
      It takes a mapping's name, uuid or device number (253:7), a guest's number, or a volume as \
      STORAGE:NAME or VG/LV. Each question is shown in the order in which it was asked, with its \
      answer, the evidence as SOURCE:LINE, the sources that could change it, and the step with its \
      preconditions and undo, or why there is none.
      """)

  @Argument(help: "An archive, an unpacked folder, or - for standard input.")
  var bundle: String

  @Argument(help: ArgumentHelp("A mapping, guest or volume.", valueName: "mapping|guest|volume"))
  var subject: String

  @Option(help: "text or json.")
  var format: ExplanationFormat = .text

  func run() throws {
    let loaded = try NodeBundle.load(bundle).get()
    let assessment = Assessment(of: NodeSnapshot(reading: loaded))
    guard let explanation = assessment.explanation(of: subject) else {
      throw unknownSubject(of: assessment)
    }
    let isPrinted =
      switch format {
      case .text:
        Console.print(ExplanationText(explanation, of: assessment, width: Console.proseWidth).text)
      case .json: Console.print(ExplanationJSON(explanation, of: assessment).bytes)
      }
    guard isPrinted else { throw ExitStatus.notWritten }
    if assessment.lacksRequiredSource { throw ExitStatus.incomplete }
  }

  /// Says that there is no such thing; where a source is missing, nobody knows that.
  private func unknownSubject(of assessment: Assessment) -> ExitStatus {
    let node = assessment.inventory.nodeName
    let question = NearNames.question(assessment.names(near: subject))
    let missing = assessment.snapshot.sources.filter(\.isRequiredGap).map {
      "\($0.id.rawValue) (\($0.detail ?? $0.status.rawValue))"
    }.joined(separator: ", ")
    let words =
      missing.isEmpty
      ? "\(node) has no mapping, guest or volume \(subject)\(question)"
      : "\(node): no mapping, guest or volume \(subject) is known, but sources are missing: "
        + "\(missing)\(question)"
    Console.warn(TerminalText.escaped("dmanalyze: \(words)"))
    return assessment.lacksRequiredSource ? .incomplete : .usage
  }
}

import Analysis
import BundleFormat
import Delivery
import Glibc
import NodeState
import Rendering

/// What `dmanalyze [report]` was asked for: judges bundles and prints or writes reports.
struct ReportRequest {
  var bundles: [String]
  var folder: String?
  var formats: [ReportFormat] = []
  var failOn = Severity.warning
  var ignore: String?
  var policy = Policy.evidence
  /// Whether the predecessor is asked, too.
  var isCompared = false
  /// Hours.
  var maxAge: Double?
  /// Nil where no mail is wanted.
  var mail: MailOptions?

  /// Does it, and ends the program.
  ///
  /// - Throws: ``ExitStatus/usage`` for an ignore file that can't be used.
  func run() throws {
    guard var ignoreFile = IgnoreFile(ignore) else { throw ExitStatus.usage }
    var worst = ExitStatus.clean
    var output = ReportOutput(
      folder: folder, formats: formats, bundles: bundles.count, isColored: Console.isColored)
    var dispatch = mail.map { MailDispatch($0) }
    for (position, argument) in bundles.enumerated() {
      switch NodeBundle.load(argument) {
      case .failure(let status): worst = max(worst, status)
      case .success(let bundle):
        let assessment = Progress.watching("judging \(TerminalText.escaped(argument))") {
          Assessment(
            of: NodeSnapshot(reading: bundle), policy: policy, ignoring: ignoreFile.list,
            comparing: isCompared)
        }
        ignoreFile.note(assessment.ignoreUse)
        worst = max(worst, status(of: assessment, named: argument))
        if !output.add(assessment) { worst = max(worst, .notWritten) }
        dispatch?.add(assessment, named: ReportName.of(assessment))
        if position == bundles.count - 1 {
          // Taking a big node's assessment apart takes as long as judging it: the system is quicker.
          withExtendedLifetime((bundle, assessment)) {
            end(output, ignoreFile, dispatch, worst)
          }
        }
      }
    }
    end(output, ignoreFile, dispatch, worst)
  }

  /// Writes what waited for the last bundle, sends what is to be sent, and ends the program.
  private func end(
    _ output: ReportOutput, _ ignoreFile: IgnoreFile, _ dispatch: MailDispatch?,
    _ status: ExitStatus
  ) -> Never {
    ignoreFile.reportIdleLines()
    let isWritten = output.finish()
    var isDelivered = true
    if let dispatch, !dispatch.isEmpty {
      do throws(DeliveryError) {
        isDelivered = try dispatch.send { Console.warn("dmanalyze: \($0)") }
      } catch {
        // The report is there already: whatever kept the mail, it is the mail that failed.
        Console.warn("dmanalyze: mail: \(TerminalText.escaped(error.description))")
        isDelivered = false
      }
    }
    let ends = [
      status, isDelivered ? .clean : .notDelivered, isWritten ? ExitStatus.clean : .notWritten,
    ]
    Glibc.exit((ends.max() ?? status).rawValue)
  }

  private func status(of assessment: Assessment, named argument: String) -> ExitStatus {
    if isTooOld(assessment.snapshot.bundle.manifest.collectedAt) {
      let name = TerminalText.escaped(argument)
      Console.warn("dmanalyze: \(name) is older than \(Self.words(maxAge ?? 0)) hours")
      return .incomplete
    }
    if assessment.lacksRequiredSource { return .incomplete }
    let isFailing = assessment.worstSeverity.map { $0 >= failOn } ?? false
    return isFailing ? .findings : .clean
  }

  /// Hours as they were given: `48`, `1.5`.
  private static func words(_ hours: Double) -> String {
    let text = "\(hours)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// The only place that reads the clock.
  private func isTooOld(_ collectedAt: Timestamp) -> Bool {
    guard let maxAge else { return false }
    let age = Double(time(nil)) - Double(collectedAt.secondsSinceEpoch)
    return age > maxAge * 3600
  }
}

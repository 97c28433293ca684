import BundleFormat

/// Sentences for the operator, on standard error.
struct Progress {
  let verbosity: Settings.Verbosity

  /// What is said unless `-q` was given.
  func say(_ sentence: String) {
    if verbosity != .quiet { StandardStream.complain(sentence) }
  }

  /// Says with `-v` what came of a question.
  func note(_ answer: Answer) {
    guard verbosity == .verbose else { return }
    let path = answer.question.kind == .files ? " \(answer.planned.path)" : ""
    let reason = answer.reason.map { ": \($0)" } ?? ""
    let reading = answer.reading == 2 ? " (second reading)" : ""
    let code = answer.exitCode.map { $0 == 0 ? "" : ", exit code \($0)" } ?? ""
    StandardStream.complain(
      "\(answer.question.source.rawValue)\(reading)\(path): \(answer.status.rawValue)\(reason)"
        + "\(code), \(answer.content?.count ?? 0) bytes, \(answer.durationMilliseconds) ms")
  }
}

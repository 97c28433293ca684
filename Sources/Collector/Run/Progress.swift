import BundleFormat
import Glibc

/// Sentences for the operator, on standard error.
struct Progress {
  let verbosity: Settings.Verbosity

  /// What is said unless `-q` was given.
  func say(_ sentence: String) {
    if verbosity != .quiet { StandardStream.complain(sentence) }
  }

  /// Says with `-v` what came of a question; of one with many files, only what went wrong.
  func note(_ answer: Answer) {
    let isMany = answer.question.kind == .files
    guard verbosity == .verbose, !(isMany && answer.status == .collected) else { return }
    let path = isMany ? " \(answer.planned.path)" : ""
    let reason = answer.reason.map { ": \($0)" } ?? ""
    let code = answer.exitCode.map { $0 == 0 ? "" : ", exit code \($0)" } ?? ""
    StandardStream.complain(
      "\(answer.question.source.rawValue)\(Self.mark(answer.reading))\(path): "
        + "\(answer.status.rawValue)\(reason)\(code), \(answer.content?.count ?? 0) bytes, "
        + "\(answer.durationMilliseconds) ms")
  }

  /// Says with `-v` how many files a question has found.
  func note(fileCount: Int, of inquiry: Inquiry) {
    guard verbosity == .verbose, inquiry.question.kind == .files else { return }
    StandardStream.complain(
      "\(inquiry.question.source.rawValue)\(Self.mark(inquiry.reading)): \(fileCount) files")
  }

  private static func mark(_ reading: Int) -> String {
    reading == 2 ? " (second reading)" : ""
  }

  /// Says with `-v` what the run has cost so far.
  func noteCosts() {
    guard verbosity == .verbose else { return }
    let own = Self.usage(RUSAGE_SELF)
    let children = Self.usage(RUSAGE_CHILDREN)
    StandardStream.complain(
      "own CPU time \(own.milliseconds) ms, peak memory \(own.peakKilobytes) kB; "
        + "programs and helpers \(children.milliseconds) ms")
  }

  /// Source: getrusage(2).
  private static func usage(_ who: __rusage_who) -> (milliseconds: Int, peakKilobytes: Int) {
    var usage = rusage()
    getrusage(who.rawValue, &usage)
    let seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
    let microseconds = usage.ru_utime.tv_usec + usage.ru_stime.tv_usec
    return (seconds * 1000 + Int(microseconds) / 1000, usage.ru_maxrss)
  }
}

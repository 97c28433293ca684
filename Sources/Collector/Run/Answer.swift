import BundleFormat

/// What came of a question or of one file of it, kept in the spool until the bundle is written.
struct Answer {
  let question: Question
  var planned: PlannedEntry
  var status: EntryResult.Status
  var reading: Int
  var exitCode: Int?
  var signal: Int?
  var durationMilliseconds = 0
  /// nil when the bundle gets no entry.
  var content: Spool.Part?
  /// nil when standard error was empty.
  var errorOutput: Spool.Part?
  /// Why it failed, for messages.
  var reason: String?
  var liveDigest: Digest?

  init(_ question: Question, reading: Int, status: EntryResult.Status) {
    self.question = question
    self.reading = reading
    self.status = status
    planned = question.planned(reading: reading)
  }

  /// Whether a required source that came to this is as good as not there.
  var isLacking: Bool {
    guard status == .collected else { return true }
    return question.kind == .command && exitCode != 0
  }

  /// Says what is lacking: `lvs: missing (not installed)`.
  var complaint: String {
    let source = question.source.rawValue + (reading == 1 ? "" : ", second reading")
    var words = "\(source): \(status.rawValue)"
    if status == .collected {
      words =
        exitCode.map { "\(source): exit code \($0)" }
        ?? signal.map { "\(source): ended by signal \($0)" } ?? words
    }
    return reason.map { "\(words) (\($0))" } ?? words
  }
}

import BundleFormat
import Spawn

extension Interview {
  /// What is said of a program in state D: in the answer's standard error, and to the operator.
  static let leftBehind = "a program could not be ended and was left behind"

  /// Keeps what a program or probe said.
  func keep(_ result: ProgramResult, of inquiry: Inquiry) {
    if inquiry.question.source == .topProcesses {
      if result.cut == nil && result.exitCode == 0 { processTimes[inquiry.reading] = result.output }
      return
    }
    var answer = Answer(
      inquiry.question, reading: inquiry.reading, status: Self.status(of: result.cut))
    answer.durationMilliseconds = result.durationMilliseconds
    if inquiry.question.kind == .command {
      answer.planned.argv = inquiry.arguments
      answer.exitCode = result.exitCode
      answer.signal = result.signal
    } else if result.cut == nil && result.exitCode != 0 {
      answer.status = .failed
      answer.reason = "its place could not be read"
    }
    let content = redaction.redact(
      result.output, of: inquiry.question.source, path: inquiry.question.source.rawValue)
    answer.content = spooled(content, truncating: &answer)
    let said = ErrorOutputRedaction.redact(result.errorOutput, of: inquiry.question.source)
    if result.ending == .leftBehind {
      noteLeftBehind(said, in: &answer)
    } else if !said.isEmpty {
      answer.errorOutput = spooled(said, truncating: &answer)
    }
    keep(answer)
  }

  /// Puts on record that a program was left behind, before what it said.
  private func noteLeftBehind(_ said: [UInt8], in answer: inout Answer) {
    answer.reason = Self.leftBehind
    answer.errorOutput = spooled(
      Array("dmcollect: \(Self.leftBehind)\n".utf8) + said, truncating: &answer)
  }

  static func status(of cut: ProgramResult.Cut?) -> EntryResult.Status {
    switch cut {
    case .timeout: .timedOut
    case .outputLimit: .truncated
    case nil: .collected
    }
  }

  /// Keeps what came of a file question: an answer a file.
  func take(_ read: FileAnswers, of inquiry: Inquiry) {
    for file in read.files { keep(file.result, at: file.path, read, of: inquiry) }
    progress.note(fileCount: read.files.count, of: inquiry)
    if let cut = read.cut {
      var answer = self.answer(inquiry, at: read.unfinishedPath, status: Self.status(of: cut))
      answer.durationMilliseconds = read.durationMilliseconds
      if read.isHelperLeftBehind { noteLeftBehind([], in: &answer) }
      keep(answer)
    } else if read.hasHelperFailed {
      var answer = self.answer(inquiry, at: read.unfinishedPath, status: .failed)
      answer.reason = "the helper ended early"
      keep(answer)
    } else if read.files.isEmpty {
      // With the folder there, the answer is that there is none.
      let isAnswered = read.isFolderThere && inquiry.question.kind == .files
      keep(answer(inquiry, at: nil, status: isAnswered ? .collected : .missing))
    }
  }

  private func keep(
    _ result: Result<FileContent, FileError>, at path: String, _ read: FileAnswers,
    of inquiry: Inquiry
  ) {
    var answer = answer(inquiry, at: path, status: .collected)
    answer.durationMilliseconds = read.durationMilliseconds
    switch result {
    case .failure(let error):
      answer.status = .failed
      answer.reason = error.description
    case .success(let content):
      if content.isTruncated { answer.status = .truncated }
      let source = inquiry.question.source
      if inquiry.reading == 1 { identity.note(content.bytes, of: source, at: path) }
      if source == .guestConfigs && !content.isTruncated && settings.redaction == .standard {
        answer.liveDigest = LiveDigest.of(content.bytes)
      }
      answer.content = spooled(
        redaction.redact(content.bytes, of: source, path: path), truncating: &answer)
    }
    keep(answer)
  }

  private func answer(
    _ inquiry: Inquiry, at path: String?, status: EntryResult.Status
  ) -> Answer {
    var answer = Answer(inquiry.question, reading: inquiry.reading, status: status)
    if let path, inquiry.question.kind == .files {
      answer.planned.origin = path
      answer.planned.path = "\(inquiry.reading == 1 ? "" : "second/")files\(path)"
    }
    return answer
  }

  /// Keeps who used the CPUs most between the readings.
  func keepTopProcesses() {
    guard let question = Questionnaire.all.first(where: { $0.source == .topProcesses }),
      settings.asks(.topProcesses),
      !answers.contains(where: { $0.question.source == .topProcesses })
    else { return }
    var answer = Answer(question, reading: 1, status: .failed)
    if let first = processTimes[1], let second = processTimes[2] {
      answer.status = .collected
      answer.content = spooled(
        ProcessTimes.top(10, from: first, to: second), truncating: &answer)
    } else {
      answer.reason = "it takes two readings"
    }
    keep(answer)
  }
}

import BundleFormat
import Glibc
import Spawn

/// Asks a node its questions, many at once, and keeps the answers in a spool.
///
/// One thread, one loop: a question that hangs holds up nothing but itself.
final class Interview {
  /// How many programs are started at once; one that takes longer than a moment doesn't count.
  private static let width = 6
  private static let momentSeconds = 0.1

  let settings: Settings
  let root: Root
  let spool: Spool
  let progress: Progress
  private let environment: ProgramEnvironment
  private let pool = ProgramPool()
  private let deadline: MonotonicTime
  private var running: [Int: Inquiry] = [:]
  private var failure: OutputError?

  var redaction = Redaction()
  var answers: [Answer] = []
  /// What identifies the node, as it was read.
  var identity: Identity
  /// The two readings that make `top-processes`.
  var processTimes: [Int: [UInt8]] = [:]

  init(_ settings: Settings, until deadline: MonotonicTime, spool: Spool, progress: Progress) {
    self.settings = settings
    self.spool = spool
    self.progress = progress
    root = Root(settings.root)
    environment = ProgramEnvironment()
    self.deadline = deadline
    identity = Identity(
      hostname: Self.hostname(below: root, within: settings.timeoutSeconds, environment))
  }

  /// The host name as the kernel has it, else as it is set up.
  ///
  /// Source: `/proc/sys/kernel/hostname`, `/etc/hostname`.
  private static func hostname(
    below root: Root, within timeoutSeconds: Double, _ environment: ProgramEnvironment
  ) -> String {
    let paths = ["/proc/sys/kernel/hostname", "/etc/hostname"]
    let question = FileQuestion(patterns: paths, limitBytes: 4096)
    var frames: [FileFrame] = []
    if root.isHost {
      question.read(below: root) { frames.append($0) }
    } else {
      // Another root may lie on what hangs.
      let command = Command(
        executable: Helper.executable, arguments: Helper.arguments(for: question, below: root),
        environment: environment.variables, timeoutSeconds: timeoutSeconds)
      frames = (try? ProgramPool.run(command)).map { FileFrame.parse($0.output) } ?? []
    }
    let names = FileAnswers(frames).files.compactMap { file in
      (try? file.result.get()).map { String(decoding: $0.bytes[...].trimmed, as: UTF8.self) }
    }
    return names.first { !$0.isEmpty } ?? "localhost"
  }

  /// Asks everything, and a second time what can move.
  ///
  /// - Throws: ``OutputError`` when the answers can't be kept.
  func run() throws(OutputError) {
    let questions = Questionnaire.all
    for question in questions where !settings.asks(question.source) {
      for reading in 1...(question.isAskedTwice ? 2 : 1) {
        keep(Answer(question, reading: reading, status: .skipped))
      }
    }
    let asked = questions.filter { settings.asks($0.source) }
    try measureProcessors(asked)
    try ask(asked.filter { $0.source != .cpuStat }.map { Inquiry($0, reading: 1) })

    let stuck = Set(answers.filter { $0.status == .timedOut }.map(\.question.source))
    var second: [Inquiry] = []
    for question in asked
    where question.isAskedTwice && question.source != .cpuStat || question.source == .topProcesses {
      if stuck.contains(question.source) {
        // Asked again, it would only take as long again.
        skip(Inquiry(question, reading: 2), because: "the first reading timed out")
      } else {
        second.append(Inquiry(question, reading: 2))
      }
    }
    try ask(second)
    keepTopProcesses()
    if let failure { throw failure }
    sortAnswers()
  }

  /// How long the node's processors are watched, before the collector's own programs use them: 0.25 s.
  private static let watchMicroseconds: UInt32 = 250_000

  /// Reads the processors' use twice while nothing is asked: on a small node the questions themselves
  /// would look like load.
  private func measureProcessors(_ asked: [Question]) throws(OutputError) {
    guard let question = asked.first(where: { $0.source == .cpuStat }) else { return }
    try ask([Inquiry(question, reading: 1)])
    usleep(Self.watchMicroseconds)
    try ask([Inquiry(question, reading: 2)])
  }

  // MARK: The loop

  private func ask(_ inquiries: [Inquiry]) throws(OutputError) {
    var waiting = inquiries[...]
    while !waiting.isEmpty || pool.count > 0 {
      let now = MonotonicTime.now
      if now >= deadline && !waiting.isEmpty {
        for inquiry in waiting { skip(inquiry, because: "the run's deadline has passed") }
        waiting = []
      }
      if now >= deadline { pool.cancelAll() }
      while let inquiry = waiting.first, canStart(at: .now) {
        waiting = waiting.dropFirst()
        start(inquiry)
      }
      let wake = waiting.isEmpty ? nil : MonotonicTime.now.adding(seconds: Self.momentSeconds / 4)
      let limit = now >= deadline ? nil : wake.map { min($0, deadline) } ?? deadline
      if let (number, result) = pool.next(before: limit),
        let inquiry = running.removeValue(forKey: number)
      {
        take(result, of: inquiry)
      }
      if let failure {
        pool.cancelAll()
        while pool.next() != nil {}
        throw failure
      }
    }
  }

  private func canStart(at now: MonotonicTime) -> Bool {
    let moment = Int(Self.momentSeconds * 1000)
    return running.values.count { $0.startedAt.milliseconds(until: now) < moment } < Self.width
  }

  private func start(_ inquiry: Inquiry) {
    if inquiry.isKernelFile, root.isHost, let question = inquiry.fileQuestion(limit: roomBytes) {
      var frames: [FileFrame] = []
      question.read(below: root) { frames.append($0) }
      return take(FileAnswers(frames), of: inquiry)
    }
    var inquiry = inquiry
    inquiry.startedAt = .now
    do throws(SpawnError) {
      running[try pool.start(try command(for: inquiry))] = inquiry
    } catch {
      let isMissing = error.isNotInstalled
      var answer = Answer(
        inquiry.question, reading: inquiry.reading, status: isMissing ? .missing : .failed)
      answer.reason = isMissing ? "not installed" : error.description
      keep(answer)
    }
  }

  private func command(for inquiry: Inquiry) throws(SpawnError) -> Command {
    let spent = Double(inquiry.askedAt.milliseconds(until: .now)) / 1000
    var command = Command(
      executable: Helper.executable, arguments: [], environment: environment.variables,
      timeoutSeconds: max(0, settings.timeoutSeconds - spent), outputLimitBytes: roomBytes)
    switch inquiry.question.method {
    case .command(let planned):
      let arguments = inquiry.arguments ?? planned
      command.executable = try environment.searchPath.resolve(arguments[0])
      command.arguments = arguments
      command.errorLimitBytes = min(command.errorLimitBytes, roomBytes)
    case .probe(let probe, _):
      command.arguments = Helper.arguments(for: probe, below: root)
    case .file, .files:
      guard let question = inquiry.fileQuestion(limit: roomBytes) else { break }
      command.arguments = Helper.arguments(for: question, below: root)
      // Frames need room of their own.
      command.outputLimitBytes += 1 << 20
    }
    return command
  }

  /// How much a question may still answer.
  private var roomBytes: Int {
    min(Settings.questionLimitBytes, max(0, settings.answerBytes - spool.sizeBytes))
  }

  func take(_ result: ProgramResult, of inquiry: Inquiry) {
    if let again = inquiry.withoutUnknown(of: result) { return start(again) }
    if result.ending == .leftBehind {
      progress.say("\(inquiry.question.source.rawValue): \(Self.leftBehind)")
    }
    switch inquiry.question.method {
    case .command, .probe: keep(result, of: inquiry)
    case .file, .files:
      var answers = FileAnswers(FileFrame.parse(result.output))
      answers.cut = result.cut
      if result.cut == nil && result.exitCode != 0 { answers.hasHelperFailed = true }
      answers.isHelperLeftBehind = result.ending == .leftBehind
      answers.durationMilliseconds = result.durationMilliseconds
      take(answers, of: inquiry)
    }
  }

  // MARK: Keeping

  func skip(_ inquiry: Inquiry, because reason: String) {
    if inquiry.question.source == .topProcesses && inquiry.reading == 2 { return }
    var answer = Answer(inquiry.question, reading: inquiry.reading, status: .skipped)
    answer.reason = reason
    keep(answer)
  }

  func keep(_ answer: Answer) {
    progress.note(answer)
    answers.append(answer)
  }

  /// Puts bytes in the spool, within the room for all answers and for a line; remembers the first
  /// failure.
  func spooled(_ bytes: [UInt8], truncating answer: inout Answer) -> Spool.Part? {
    var bytes = bytes
    var room = max(0, settings.answerBytes - spool.sizeBytes)
    if let cut = Lines.cut(bytes) {
      bytes = cut
      answer.status = .truncated
    }
    // No verdict rests on what was cut off: a flood needs no more room than to show what it is.
    if answer.status == .truncated { room = min(room, Settings.cutAnswerBytes) }
    if bytes.count > room {
      bytes = Array(bytes.prefix(room))
      answer.status = .truncated
    }
    if answer.status == .truncated { bytes = Array(Lines.withoutBegunSecret(bytes[...])) }
    do throws(OutputError) {
      return try spool.append(bytes)
    } catch {
      failure = failure ?? error
      return nil
    }
  }

  private func sortAnswers() {
    var order: [SourceID: Int] = [:]
    for (index, question) in Questionnaire.all.enumerated() { order[question.source] = index }
    answers.sort {
      ($0.reading, order[$0.question.source] ?? 0, $0.planned.path)
        < ($1.reading, order[$1.question.source] ?? 0, $1.planned.path)
    }
  }
}

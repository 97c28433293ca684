import BundleFormat
import BundleWriter
import Glibc
import Spawn

/// One run: asks the node, and writes the bundle.
public struct Collection {
  private let settings: Settings
  private let progress: Progress
  /// When the run should be over.
  private let deadline: MonotonicTime

  public init(_ settings: Settings) {
    self.settings = settings
    progress = Progress(verbosity: settings.verbosity)
    deadline = MonotonicTime.now.adding(seconds: settings.deadlineSeconds)
  }

  /// What came of a run.
  public struct Outcome: Sendable {
    /// The file; nil for standard output.
    public let path: String?
    /// What is lacking of the required sources; empty for a complete bundle.
    public let complaints: [String]
  }

  /// Asks all questions and writes the bundle; nothing is left behind when that fails.
  ///
  /// - Throws: ``OutputError``: there is no bundle.
  public func run() throws(OutputError) -> Outcome {
    let startedAt = Self.now
    if settings.answerBytes < settings.maxBytes {
      let mebibytes = settings.answerBytes >> 20
      progress.say("--max-bytes is more than a reader takes: \(mebibytes)M count")
    }
    if geteuid() != 0 { progress.say("not run as root: most questions will fail") }
    let folder: OutputFolder? =
      switch settings.output {
      case .folder(let path): try OutputFolder(path)
      case .file(let path): try OutputFolder(Self.split(path).folder)
      case .standardOutput: nil
      }
    let interview = Interview(
      settings, until: deadline, spool: try Spool(in: Self.spoolFolders(beside: folder)),
      progress: progress)
    try interview.run()

    let isStrict = settings.redaction == .strict
    let pseudonyms = isStrict ? Pseudonyms(machineID: interview.identity.machineID) : nil
    let manifest = Manifest(
      tool: Manifest.Tool(name: "dmcollect", version: Release.version),
      node: interview.identity.node(under: pseudonyms), collectedAt: startedAt,
      redaction: settings.redaction, entries: Questionnaire.plan)
    let assembly = BundleAssembly(
      spool: interview.spool, secrets: interview.redaction.secrets,
      strict: pseudonyms.map {
        StrictRedaction(pseudonyms: $0, nodeNames: interview.identity.nodeNames)
      })
    let name = BundleName(node: manifest.node.name, at: startedAt)
    let path = try write(interview.answers, under: manifest, name, with: assembly, in: folder)
    progress.noteCosts()
    if let path { progress.say("wrote \(path) (\(Self.summary(of: interview.answers)))") }
    return Outcome(path: path, complaints: Self.complaints(on: interview.answers))
  }

  private func write(
    _ answers: [Answer], under manifest: Manifest, _ name: BundleName,
    with assembly: BundleAssembly, in folder: OutputFolder?
  ) throws(OutputError) -> String? {
    guard let folder else {
      let format = settings.format ?? .zst
      let stream = BundleStream(
        descriptor: 1, until: deadline, patienceSeconds: settings.timeoutSeconds)
      let archive = try Self.archive(format) { (format) throws(ArchiveError) in
        try ArchiveWriter(
          format: format, top: name.stem, modifiedAt: manifest.collectedAt, sink: stream.write)
      }
      try assembly.write(answers, under: manifest, to: archive) { Self.now }
      Termination.holdingSignals { Self.succeed(with: answers) }
      return nil
    }
    var format = settings.format ?? .zst
    let top: String
    let fileName: String
    if case .file(let path) = settings.output {
      fileName = Self.split(path).name
      top = BundleName.top(of: fileName)
      format = settings.format ?? BundleName.format(of: fileName) ?? .zst
    } else {
      var free = name
      // Another run may have begun in the same second.
      while folder.has(free.stem + format.suffix) { free = free.aSecondLater }
      top = free.stem
      fileName = top + format.suffix
    }
    let file = try BundleFile(in: folder, name: fileName)
    let archive = try Self.archive(format) { (format) throws(ArchiveError) in
      try ArchiveWriter(
        to: file.descriptor, format: format, top: top, modifiedAt: manifest.collectedAt)
    }
    try assembly.write(answers, under: manifest, to: archive) { Self.now }
    try file.commit { Self.succeed(with: answers) }
    if let keep = settings.keep {
      for old in folder.prune(keeping: keep, of: name, sparing: fileName) {
        progress.say("removed \(old)")
      }
    }
    return folder.file(fileName)
  }

  /// The bundle is there: what a signal ends now is the rest, and its status is the run's.
  private static func succeed(with answers: [Answer]) {
    Termination.endOnSignals(
      insteadSaying: "dmcollect: ended by a signal; the bundle was written before\n",
      status: complaints(on: answers).isEmpty ? 0 : 1)
  }

  private static func archive(
    _ format: Settings.Format,
    _ make: (ArchiveWriter.Format) throws(ArchiveError) -> ArchiveWriter
  ) throws(OutputError) -> ArchiveWriter {
    let archiveFormat: ArchiveWriter.Format =
      switch format {
      case .zst: .zst
      case .gz: .gz
      case .tar: .tar
      }
    do throws(ArchiveError) {
      return try make(archiveFormat)
    } catch {
      throw .archive(error.description)
    }
  }

  /// Where the spool may be: beside the target; for a stream where temporary files go.
  private static func spoolFolders(beside folder: OutputFolder?) -> [String] {
    if let folder { return [folder.path] }
    let temporary = getenv("TMPDIR").map { [String(cString: $0)] } ?? []
    return temporary + ["/run", "/tmp", "/var/tmp"]
  }

  static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = String(path[..<slash])
    return (folder.isEmpty ? "/" : folder, String(path[path.index(after: slash)...]))
  }

  private static var now: Timestamp { Timestamp(secondsSinceEpoch: Int64(time(nil))) }

  /// What the required sources lack, a sentence each; of a source that was not to be had, once.
  private static func complaints(on answers: [Answer]) -> [String] {
    let lacking = answers.filter { $0.question.source.isRequired && $0.isLacking }
    let gone = Set(lacking.filter { $0.reading == 1 }.map(\.question.source))
    return lacking.filter { $0.reading == 1 || !gone.contains($0.question.source) }
      .map(\.complaint)
  }

  private static func summary(of answers: [Answer]) -> String {
    var counts: [EntryResult.Status: Set<SourceID>] = [:]
    for answer in answers where answer.reading == 1 {
      counts[answer.status, default: []].insert(answer.question.source)
    }
    let words: [(EntryResult.Status, String)] = [
      (.collected, "collected"), (.missing, "not there"), (.failed, "failed"),
      (.timedOut, "timed out"), (.truncated, "truncated"), (.skipped, "skipped"),
    ]
    return words.compactMap { status, word in counts[status].map { "\($0.count) \(word)" } }
      .joined(separator: ", ")
  }
}

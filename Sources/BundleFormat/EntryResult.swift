/// What came of one question, or of one file of a question with many.
public struct EntryResult: Hashable, Sendable {
  public var planned: PlannedEntry
  public var status: Status
  /// The command's exit code; nil when it was ended by a signal, never started, or is no command.
  public var exitCode: Int?
  /// The signal that ended the command.
  public var signal: Int?
  public var durationMilliseconds: Int
  /// Size of what lies at the entry's path; 0 when there is none.
  public var sizeBytes: Int
  /// SHA-256 of the entry's bytes; nil when there is no entry.
  public var sha256: WrittenDigest?
  /// 1, or 2 for the second reading.
  public var reading: Int
  /// The command's standard error output; nil when it was empty.
  public var standardError: StandardError?
  /// SHA-256 of the lines of a guest's live configuration that a cleanup step depends on.
  public var liveDigest: WrittenDigest?

  public enum Status: String, Hashable, Sendable {
    /// Asked and answered; a command may still have failed (``EntryResult/exitCode``).
    case collected
    /// The tool or file does not exist on this node.
    case missing
    /// It could not be asked or read.
    case failed
    /// Its deadline passed; what it had said until then is kept.
    case timedOut
    /// It said more than its limit; the first part is kept.
    case truncated
    /// Left out by an option, or because the run's deadline had passed.
    case skipped
  }

  public struct StandardError: Hashable, Sendable {
    public var path: String
    public var sizeBytes: Int
    public var sha256: WrittenDigest
    public init(path: String, sizeBytes: Int, sha256: WrittenDigest) {
      self.path = path
      self.sizeBytes = sizeBytes
      self.sha256 = sha256
    }
  }

  public init(
    planned: PlannedEntry, status: Status, exitCode: Int? = nil, signal: Int? = nil,
    durationMilliseconds: Int = 0, sizeBytes: Int = 0, sha256: WrittenDigest? = nil,
    reading: Int = 1, standardError: StandardError? = nil, liveDigest: WrittenDigest? = nil
  ) {
    self.planned = planned
    self.status = status
    self.exitCode = exitCode
    self.signal = signal
    self.durationMilliseconds = durationMilliseconds
    self.sizeBytes = sizeBytes
    self.sha256 = sha256
    self.reading = reading
    self.standardError = standardError
    self.liveDigest = liveDigest
  }
}

extension EntryResult {
  /// How what was asked ended where its output proves nothing: `exit code 5`; nil for a good end.
  ///
  /// - Parameter accepted: The exit codes by which the tool tells no failure.
  public func badEnd(accepting accepted: [Int] = [0]) -> String? {
    if let signal { return "ended by signal \(signal)" }
    if let exitCode { return accepted.contains(exitCode) ? nil : "exit code \(exitCode)" }
    return planned.kind == .command ? "ended without an exit code" : nil
  }
}

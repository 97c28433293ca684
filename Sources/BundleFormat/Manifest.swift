/// The first entry of a bundle: which node it is from, and what was going to be asked.
public struct Manifest: Hashable, Sendable {
  /// The bundle format that this code writes and reads. A higher one is refused.
  public static let currentFormat = 1

  public var format: Int
  public var tool: Tool
  public var node: Node
  /// When the first question was asked.
  public var collectedAt: Timestamp
  public var redaction: Redaction
  /// The plan: one item a question and reading.
  public var entries: [PlannedEntry]

  public init(
    format: Int = Manifest.currentFormat, tool: Tool, node: Node, collectedAt: Timestamp,
    redaction: Redaction, entries: [PlannedEntry]
  ) {
    self.format = format
    self.tool = tool
    self.node = node
    self.collectedAt = collectedAt
    self.redaction = redaction
    self.entries = entries
  }

  /// The program that wrote the bundle.
  public struct Tool: Hashable, Sendable {
    public var name: String
    public var version: String
    public init(name: String, version: String) {
      self.name = name
      self.version = version
    }
  }

  /// The node's identity, as far as the collector could read it.
  public struct Node: Hashable, Sendable {
    /// The node's name in its cluster; the host name up to the first dot where PVE gave none.
    public var name: String
    public var hostname: String
    public var machineID: String?
    public var bootID: String?
    /// The cluster's name; nil on a node of its own or when it could not be read.
    public var cluster: String?
    public init(
      name: String, hostname: String, machineID: String?, bootID: String?, cluster: String?
    ) {
      self.name = name
      self.hostname = hostname
      self.machineID = machineID
      self.bootID = bootID
      self.cluster = cluster
    }
  }

  /// How much was taken out of the bundle.
  public enum Redaction: String, Hashable, Sendable {
    case standard
    /// Names, addresses and tags are pseudonyms, too: nothing in the bundle proves an identity.
    case strict
  }
}

/// What kind of question a source is.
public enum EntryKind: String, Hashable, Sendable {
  case command
  case file
  /// Many files below one id, each an entry of its own in the results.
  case files
  /// The collector's own reading of `/proc` or `/sys`.
  case probe
}

/// One question of the plan.
public struct PlannedEntry: Hashable, Sendable {
  /// The id as written; one that this version doesn't know has no ``source``.
  public var id: String
  public var kind: EntryKind
  /// The command and its arguments; nil unless `kind` is `command`.
  public var argv: [String]?
  /// The file or folder read, or what a probe looks at; nil for a command. One of many files is named by
  /// its path, and has no origin in results that were read.
  public var origin: String?
  /// The entry's path below the bundle's top folder.
  public var path: String

  /// The source that this version knows the id as.
  public var source: SourceID? { SourceID(rawValue: id) }

  public init(id: String, kind: EntryKind, argv: [String]?, origin: String?, path: String) {
    self.id = id
    self.kind = kind
    self.argv = argv
    self.origin = origin
    self.path = path
  }
}

/// The last entry of a bundle: what came of each question.
public struct ManifestEnd: Hashable, Sendable {
  public var finishedAt: Timestamp
  public var results: [EntryResult]
  public init(finishedAt: Timestamp, results: [EntryResult]) {
    self.finishedAt = finishedAt
    self.results = results
  }
}

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

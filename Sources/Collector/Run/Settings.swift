import BundleFormat

/// What a run was told to do.
public struct Settings: Hashable, Sendable {
  public var output = Output.folder(".")
  /// nil: by the file's name, zstd where that says nothing.
  public var format: Format?
  /// For each question.
  public var timeoutSeconds = 20.0
  /// For all answers together; one question may have a sixteenth of the default.
  public var maxBytes = 256 << 20
  /// For the whole run.
  public var deadlineSeconds = 120.0
  public var redaction = Manifest.Redaction.standard
  public var root = "/"
  /// The questions to ask; nil for all.
  public var only: Set<SourceID>?
  public var skip: Set<SourceID> = []
  /// How many bundles of this node stay in the folder; nil for all.
  public var keep: Int?
  public var verbosity = Verbosity.normal

  public init() {}

  /// Where the bundle goes.
  public enum Output: Hashable, Sendable {
    /// A folder; the file is named after the node and the time.
    case folder(String)
    case file(String)
    case standardOutput
  }

  /// How the archive is compressed.
  public enum Format: String, Hashable, Sendable, CaseIterable {
    case zst
    case gz
    case tar

    /// What file names end in.
    public var suffix: String { self == .tar ? ".tar" : ".tar.\(rawValue)" }
  }

  public enum Verbosity: Hashable, Sendable {
    case quiet
    case normal
    case verbose
  }

  /// The most that one question may answer.
  static let questionLimitBytes = 16 << 20

  /// What is kept of an answer that was cut off anyway.
  static let cutAnswerBytes = 1 << 20

  /// How much all answers may have: never more than a reader takes.
  var answerBytes: Int { min(maxBytes, BundleBounds.answerBytes) }

  /// Whether a question is to be asked.
  func asks(_ source: SourceID) -> Bool {
    !skip.contains(source) && only?.contains(source) != false
  }
}

import BundleFormat

/// One thing that is asked of a node.
public struct Question: Sendable {
  public let source: SourceID
  public let method: Method
  /// What the answer is needed for: one sentence, shown by `--list`.
  public let why: String
  /// Whether it is asked again at the end: what changed in between is in flux.
  public let isAskedTwice: Bool

  /// How an answer is got.
  public enum Method: Sendable {
    /// A program and its arguments; found through ``SearchPath``.
    case command([String])
    /// One file.
    case file(String)
    /// All files that fit the patterns; `*` stands for any name. The folder holds them all.
    case files([String], folder: String)
    /// The collector's own reading of `/proc`, `/sys` or `/dev`.
    case probe(Probe, looksAt: String)
  }

  init(_ source: SourceID, _ method: Method, twice: Bool = false, why: String) {
    self.source = source
    self.method = method
    self.why = why
    isAskedTwice = twice
  }

  var kind: EntryKind {
    switch method {
    case .command: .command
    case .file: .file
    case .files: .files
    case .probe: .probe
    }
  }

  /// The command line; nil unless a program is asked.
  var arguments: [String]? {
    if case .command(let arguments) = method { arguments } else { nil }
  }

  /// Where it looks; nil when a program is asked.
  var origin: String? {
    switch method {
    case .command: nil
    case .file(let path): path
    case .files(let patterns, _): patterns.joined(separator: " ")
    case .probe(_, let place): place
    }
  }

  /// Where the answer stands in a bundle, below its top folder.
  func path(reading: Int) -> String {
    let prefix = reading == 1 ? "" : "second/"
    switch method {
    case .command, .probe: return "\(prefix)commands/\(source.rawValue).out"
    case .file(let path): return "\(prefix)files\(path)"
    case .files(_, let folder): return "\(prefix)files\(folder)"
    }
  }

  /// Where the standard error output stands.
  func errorPath(reading: Int) -> String {
    "\(reading == 1 ? "" : "second/")commands/\(source.rawValue).err"
  }

  /// The question as the manifest plans it.
  func planned(reading: Int) -> PlannedEntry {
    PlannedEntry(
      id: source.rawValue, kind: kind, argv: arguments, origin: origin, path: path(reading: reading)
    )
  }
}

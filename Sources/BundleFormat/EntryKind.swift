/// What kind of question a source is.
public enum EntryKind: String, Hashable, Sendable {
  case command
  case file
  /// Many files below one id, each an entry of its own in the results.
  case files
  /// The collector's own reading of `/proc` or `/sys`.
  case probe
}

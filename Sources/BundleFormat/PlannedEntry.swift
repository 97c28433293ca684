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

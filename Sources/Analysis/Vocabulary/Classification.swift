/// The one kind that each mapping is of.
public enum Classification: String, CaseIterable, Hashable, Sendable {
  case valid
  case stale
  case orphaned
  case duplicate
  case wrong
  case unknown
  case other
}

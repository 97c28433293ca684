import NodeState

/// What the predecessor could not have asked.
struct PredecessorGap: Error {
  let gap: Gap
  init(_ gap: Gap) { self.gap = gap }
}

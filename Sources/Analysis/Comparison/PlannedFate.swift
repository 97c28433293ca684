import NodeState

/// What became of one planned removal, by the later bundle and by the journal.
public struct PlannedFate: Sendable {
  public let step: RemediationStep
  /// The step that it is a partition of; nil for a step of its own.
  public let parent: String?
  /// The journal's last word on it; nil when there is none.
  public let last: JournalEntry?
  public let standing: Standing

  /// Whether the mapping is there, and whether that agrees with the journal.
  public enum Standing: String, CaseIterable, Sendable {
    /// Gone, and the journal says that the script removed it.
    case removed
    /// Gone, and the journal says that a run was at it when it was cut off.
    case cutOff
    /// Gone, and no word of the journal explains it.
    case vanished
    /// There: it was never removed.
    case remains
    /// There, put back by an undo.
    case restored
    /// There again, though the journal says that it was removed.
    case back
  }

  init(_ step: RemediationStep, parent: String?, last: JournalEntry?, isThere: Bool) {
    self.step = step
    self.parent = parent
    self.last = last
    standing =
      switch (isThere, last?.outcome) {
      case (false, .removed), (false, .surprise): .removed
      case (false, .removing): .cutOff
      case (false, .failed), (false, .refused), (false, .skipped), (false, .restored),
        (false, .there), (false, nil):
        .vanished
      case (true, .removed): .back
      case (true, .restored), (true, .there): .restored
      case (true, .removing), (true, .failed), (true, .surprise), (true, .refused),
        (true, .skipped), (true, nil):
        .remains
      }
  }

  public var isGone: Bool {
    switch standing {
    case .removed, .cutOff, .vanished: true
    case .remains, .restored, .back: false
    }
  }
}

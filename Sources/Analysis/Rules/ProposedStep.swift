/// What the plan would offer for a mapping that nobody has open.
public struct ProposedStep: Hashable, Sendable {
  public let verb: Verb
  /// 1 runs by itself, 2 asks for each entry.
  public let phase: Int

  public enum Verb: Hashable, Sendable {
    /// `lvchange -an` by identity, for a volume that LVM knows.
    case deactivate
    /// `dmsetup remove -u UUID`, for one that it doesn't.
    case removeByUUID
    /// `dmsetup remove NAME`, for one without a uuid.
    case removeByName
  }

  static func deactivate(phase: Int) -> ProposedStep {
    ProposedStep(verb: .deactivate, phase: phase)
  }
  static let removeByUUID = ProposedStep(verb: .removeByUUID, phase: 2)
  static let removeByName = ProposedStep(verb: .removeByName, phase: 2)
}

import BundleFormat
import NodeState

/// One removal: what is run, what must hold right before, and how it is undone.
public struct RemediationStep: Sendable {
  public let mapping: String
  /// Nil only for a mapping that was made without one.
  public let uuid: String?
  public let rule: Rule
  /// 1 may run without a question, 2 asks for each entry.
  public let phase: Int
  public let argv: [String]
  /// Closed partitions of the mapping, which go first.
  public let children: [RemediationStep]
  public let preconditions: [Precondition]
  /// The commands that put it back, in order.
  public let undo: [[String]]
  public let applicability: Applicability
}

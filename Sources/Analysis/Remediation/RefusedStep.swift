/// A mapping that would have a step, if it could be proved on the node.
public struct RefusedStep: Hashable, Sendable {
  public let mapping: String
  public let why: String
}

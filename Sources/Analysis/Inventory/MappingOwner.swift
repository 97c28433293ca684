import BundleFormat
import NodeState

/// Whose disk a mapping is, and what that guest does, as far as it is known.
public struct MappingOwner: Hashable, Sendable {
  public let guest: GuestID
  /// Nil for a guest that has no configuration.
  public let kind: GuestKind?
  /// The node that its configuration is on; nil for one without.
  public let node: String?
  public let state: State

  public enum State: String, Sendable {
    case running
    case stopped
    /// No node has a configuration of it.
    case absent
    case unknown
  }
}

extension Inventory {
  /// The owner by reference, attached ones and this node's first, else by the volume's name; nil for
  /// a mapping that is no guest's disk.
  public func owner(of facts: MappingFacts) -> MappingOwner? {
    let reference =
      facts.references.firstAttachedOrFirst { $0.counts && $0.isHere }
      ?? facts.references.firstAttachedOrFirst(where: \.counts) ?? facts.references.first
    if let configuration = reference?.configuration
      ?? facts.guestName.flatMap({ configurations[$0.guest].first })
    {
      let runs = reference?.guestRuns ?? false
      return MappingOwner(
        guest: configuration.id, kind: configuration.kind, node: configuration.node,
        state: runs ? .running : state(of: configuration))
    }
    guard let guest = facts.guestName?.guest else { return nil }
    return MappingOwner(
      guest: guest, kind: nil, node: nil, state: distrust == nil ? .absent : .unknown)
  }

  /// What a configured guest does; another node's guests are out of sight.
  public func state(of configuration: GuestConfiguration) -> MappingOwner.State {
    if guests.runs(configuration.id) { return .running }
    guard configuration.node == nodeName, !guests.uncertain.contains(configuration.id),
      snapshot.first.machines.value != nil, snapshot.first.containers.value != nil
    else { return .unknown }
    return .stopped
  }
}

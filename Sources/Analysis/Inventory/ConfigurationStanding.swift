import NodeState

/// A configuration, and what is so of all that it names.
final class ConfigurationStanding: Sendable {
  let configuration: GuestConfiguration
  /// Whether it is of this node.
  let isHere: Bool
  /// Whether its guest runs on this node.
  let guestRuns: Bool
  /// Whether some process of its guest exists here, agreeing with a pid file or not.
  let guestHasProcess: Bool
  /// The process or socket of a guest that runs on this node.
  let guestProcess: Evidence?

  init(_ configuration: GuestConfiguration, nodeName: String, guests: GuestStates) {
    self.configuration = configuration
    isHere = configuration.node == nodeName
    guestProcess = guests.running[configuration.id]
    guestRuns = guestProcess != nil
    guestHasProcess = guestRuns || guests.uncertain.contains(configuration.id)
  }
}

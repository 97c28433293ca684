import BundleFormat
import NodeState

/// A text that names a volume without being a reference.
public final class ResolvedMention: Sendable {
  public let configuration: GuestConfiguration
  public let mention: Mention
  public let counts: Bool
  /// Whether the configuration is of this node.
  let isHere: Bool
  let guestHasProcess: Bool

  init(_ standing: ConfigurationStanding, mention: Mention, counts: Bool) {
    configuration = standing.configuration
    self.mention = mention
    self.counts = counts
    (isHere, guestHasProcess) = (standing.isHere, standing.guestHasProcess)
  }

  var evidence: Evidence { Evidence(mention.location, from: .guestConfigs) }
}

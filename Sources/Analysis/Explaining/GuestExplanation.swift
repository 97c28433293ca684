import NodeState

/// A guest: its configurations, what it does here, each of its disks, and all of its mappings.
public struct GuestExplanation: Sendable {
  public let id: GuestID
  public let configurations: [Configuration]
  /// The process or socket that shows that it runs here.
  public let runningEvidence: Evidence?
  /// A process bears its number, and no pid file agrees.
  public let isUncertain: Bool
  /// Why nobody can say which guests there are; nil where everything is known.
  public let distrust: String?
  /// Mappings named after the guest that no line of its configurations names.
  public let otherMappings: [MappingSummary]
  /// Every mapping that is named above, once, in the node's order.
  public let mappings: [MappingExplanation]

  public struct Configuration: Sendable {
    public let configuration: GuestConfiguration
    public let state: MappingOwner.State
    public let disks: [Disk]
  }

  public struct Disk: Sendable {
    public let reference: VolumeReference
    public let mappings: [MappingSummary]
    /// What is said of it where it has no mapping or no volume.
    public let missing: [MissingDisk]
    /// Why no mapping of it is looked for; nil where one is.
    public let outside: String?
  }

  public struct MappingSummary: Sendable {
    public let facts: MappingFacts
    public let verdict: Verdict
  }
}

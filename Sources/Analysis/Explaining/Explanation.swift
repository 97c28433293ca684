import BundleFormat
import NodeState

/// Everything that an assessment can say of one thing that a person asked about.
public enum Explanation: Sendable {
  case mapping(MappingExplanation)
  case volume(VolumeExplanation)
  case guest(GuestExplanation)
}

/// A mapping, its path of decision, what may change it, and what is to be done.
public struct MappingExplanation: Sendable {
  public let facts: MappingFacts
  public let owner: MappingOwner?
  public let path: DecisionPath
  /// All findings about it, among them those beside its own verdict.
  public let findings: [Finding]
  public let doubts: [SourceDoubt]
  public let step: StepStanding
}

/// A volume by its group and name: what LVM has, who names it, and which mappings bear its name or uuid.
public struct VolumeExplanation: Sendable {
  public let path: VolumePath
  /// What `lvs` printed; several where two groups have one name.
  public let volumes: [LogicalVolume]
  /// Why the metadata of its group proves nothing; nil where it does.
  public let distrust: String?
  public let references: [ResolvedReference]
  public let missing: [MissingDisk]
  public let mappings: [MappingExplanation]
}

/// A guest: its configurations, what it does here, and each of its disks.
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

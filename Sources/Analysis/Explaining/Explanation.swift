import BundleFormat
import NodeState

/// Everything that an assessment can say of one thing that a person asked about.
public enum Explanation: Sendable {
  case mapping(MappingExplanation)
  case volume(VolumeExplanation)
  case guest(GuestExplanation)
}

import BundleFormat
import NodeState

/// Where LVM puts a volume: its group's and its own name.
public struct VolumePath: Hashable, Sendable {
  public let group: String
  public let volume: String
}

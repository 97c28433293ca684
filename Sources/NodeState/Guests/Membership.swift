/// Who is in the cluster. Source: `/etc/pve/.members`, pve-cluster `status.c`.
public struct Membership: Sendable {
  /// This node's name.
  public let nodeName: String
  /// Nil on a node of its own.
  public let cluster: Cluster?

  public struct Cluster: Sendable {
    public let name: String
    public let isQuorate: Bool
    public let nodes: [String]
    public init(name: String, isQuorate: Bool, nodes: [String]) {
      self.name = name
      self.isQuorate = isQuorate
      self.nodes = nodes
    }
  }

  /// A node of its own needs no quorum.
  public var isQuorate: Bool { cluster?.isQuorate ?? true }

  public init(nodeName: String, cluster: Cluster?) {
    self.nodeName = nodeName
    self.cluster = cluster
  }
}

/// The first entry of a bundle: which node it is from, and what was going to be asked.
public struct Manifest: Hashable, Sendable {
  /// The bundle format that this code writes and reads. A higher one is refused.
  public static let currentFormat = 1

  public var format: Int
  public var tool: Tool
  public var node: Node
  /// When the first question was asked.
  public var collectedAt: Timestamp
  public var redaction: Redaction
  /// The plan: one item a question and reading.
  public var entries: [PlannedEntry]

  public init(
    format: Int = Manifest.currentFormat, tool: Tool, node: Node, collectedAt: Timestamp,
    redaction: Redaction, entries: [PlannedEntry]
  ) {
    self.format = format
    self.tool = tool
    self.node = node
    self.collectedAt = collectedAt
    self.redaction = redaction
    self.entries = entries
  }

  /// The program that wrote the bundle.
  public struct Tool: Hashable, Sendable {
    public var name: String
    public var version: String
    public init(name: String, version: String) {
      self.name = name
      self.version = version
    }
  }

  /// The node's identity, as far as the collector could read it.
  public struct Node: Hashable, Sendable {
    /// The node's name in its cluster; the host name up to the first dot where PVE gave none.
    public var name: String
    public var hostname: String
    public var machineID: String?
    public var bootID: String?
    /// The cluster's name; nil on a node of its own or when it could not be read.
    public var cluster: String?
    public init(
      name: String, hostname: String, machineID: String?, bootID: String?, cluster: String?
    ) {
      self.name = name
      self.hostname = hostname
      self.machineID = machineID
      self.bootID = bootID
      self.cluster = cluster
    }
  }

  /// How much was taken out of the bundle.
  public enum Redaction: String, Hashable, Sendable {
    case standard
    /// Names, addresses and tags are pseudonyms, too: nothing in the bundle proves an identity.
    case strict
  }
}

import BundleFormat

/// What identifies the node, gathered from the answers as they come.
struct Identity {
  /// The host name as the kernel has it.
  let hostname: String
  private(set) var machineID: String?
  private(set) var bootID: String?
  private(set) var cluster: String?
  private var memberName: String?

  /// Reads the host name. Source: `/proc/sys/kernel/hostname`, else `/etc/hostname`.
  init(below root: Root) {
    hostname =
      [root.line(of: "/proc/sys/kernel/hostname"), root.line(of: "/etc/hostname")]
      .compactMap { $0 }.first { !$0.isEmpty } ?? "localhost"
  }

  /// Takes note of an answer that identifies the node.
  mutating func note(_ bytes: [UInt8], of source: SourceID) {
    switch source {
    case .machineID: machineID = Self.word(bytes)
    case .bootID: bootID = Self.word(bytes)
    case .pveMembers:
      guard let members = try? JSONValue(parsing: bytes) else { return }
      memberName = members["nodename"]?.string
      cluster = members["cluster"]?["name"]?.string
    default: break
    }
  }

  private static func word(_ bytes: [UInt8]) -> String? {
    let text = String(decoding: bytes[...].trimmed, as: UTF8.self)
    return text.isEmpty ? nil : text
  }

  /// The node's name: pmxcfs's, else the host name up to the first dot.
  var name: String {
    if let memberName, !memberName.isEmpty { return memberName }
    return hostname.split(separator: ".").first.map(String.init) ?? hostname
  }

  /// The node as the manifest names it.
  func node(under pseudonyms: Pseudonyms?) -> Manifest.Node {
    guard let pseudonyms else {
      return Manifest.Node(
        name: name, hostname: hostname, machineID: machineID, bootID: bootID, cluster: cluster)
    }
    return Manifest.Node(
      name: pseudonyms.node(name), hostname: pseudonyms.node(hostname),
      machineID: machineID.map { pseudonyms.machineID($0) }, bootID: bootID,
      cluster: cluster.map { pseudonyms.name(.cluster, $0) })
  }
}

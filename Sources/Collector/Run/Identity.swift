import BundleFormat

/// What identifies the node, gathered from the answers as they come.
struct Identity {
  /// The host name as the kernel has it.
  let hostname: String
  private(set) var machineID: String?
  private(set) var bootID: String?
  private(set) var cluster: String?
  private var memberName: String?
  /// The names of all nodes of the cluster that were met so far.
  private(set) var nodeNames: Set<String> = []

  init(hostname: String) {
    self.hostname = hostname
    nodeNames.insert(Self.label(hostname))
  }

  /// Takes note of an answer that identifies the node.
  mutating func note(_ bytes: [UInt8], of source: SourceID, at path: String) {
    switch source {
    case .machineID: machineID = Self.word(bytes)
    case .bootID: bootID = Self.word(bytes)
    case .pveMembers:
      guard let members = try? JSONValue(parsing: bytes) else { return }
      memberName = members["nodename"]?.string
      cluster = members["cluster"]?["name"]?.string
      nodeNames.formUnion([memberName].compactMap { $0 })
      nodeNames.formUnion(members["nodelist"]?.object?.members.map(\.key) ?? [])
    case .pveVmlist:
      let guests = (try? JSONValue(parsing: bytes))?["ids"]?.object?.members ?? []
      nodeNames.formUnion(guests.compactMap { $0.value["node"]?.string })
    case .guestConfigs:
      // /etc/pve/nodes/NODE/qemu-server/100.conf
      let parts = path.split(separator: "/")
      if parts.count > 3, parts[2] == "nodes" { nodeNames.insert(String(parts[3])) }
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
    return Self.label(hostname)
  }

  /// A host name up to its first dot.
  private static func label(_ hostname: String) -> String {
    hostname.split(separator: ".").first.map(String.init) ?? hostname
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

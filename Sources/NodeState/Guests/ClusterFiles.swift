import BundleFormat

extension GuestList {
  /// Reads `/etc/pve/.vmlist`: `{"version":N,"ids":{"100":{"node":"n1","type":"qemu","version":V}}}`;
  /// there is no `ids` on a cluster without guests.
  ///
  /// - Throws: ``ParseError`` for anything else: a guest that is lost here would look deleted.
  static func parse(_ bytes: [UInt8], from origin: EntryOrigin) throws(ParseError) -> GuestList {
    let root = try origin.object(bytes, with: "version")
    guard let ids = root["ids"] else { return GuestList(guests: []) }
    guard case .object(let members) = ids else {
      throw origin.oddMember("a table of guests as ids")
    }
    var guests: [Entry] = []
    guests.reserveCapacity(members.members.count)
    for member in members.members {
      guard let id = GuestID(member.key), let node = member.value["node"]?.string, !node.isEmpty,
        let type = member.value["type"]?.string, let kind = kind(of: type)
      else { throw origin.oddMember("a guest's number, node and type") }
      guests.append(Entry(id: id, node: node, kind: kind))
    }
    return GuestList(guests: guests)
  }

  /// Source: pve-cluster `status.c`, `vmlist_to_str`.
  private static func kind(of type: String) -> GuestKind? {
    switch type {
    case "qemu": .virtualMachine
    case "lxc", "openvz": .container
    default: nil
    }
  }
}

extension Membership {
  /// Reads `/etc/pve/.members`: `nodename`, and on a cluster `cluster` and `nodelist`.
  ///
  /// - Throws: ``ParseError`` for anything else.
  static func parse(_ bytes: [UInt8], from origin: EntryOrigin) throws(ParseError) -> Membership {
    let root = try origin.object(bytes, with: "nodename")
    guard let nodeName = root["nodename"]?.string, !nodeName.isEmpty else {
      throw origin.oddMember("a name as nodename")
    }
    guard let cluster = root["cluster"] else {
      guard root["nodelist"] == nil else { throw origin.oddMember("a cluster beside nodelist") }
      return Membership(nodeName: nodeName, cluster: nil)
    }
    guard let name = cluster["name"]?.string, let quorate = cluster["quorate"]?.integer,
      case .object(let nodes)? = root["nodelist"]
    else { throw origin.oddMember("a cluster's name and quorum, and a nodelist") }
    return Membership(
      nodeName: nodeName,
      cluster: Cluster(name: name, isQuorate: quorate == 1, nodes: nodes.members.map(\.key)))
  }
}

extension EntryOrigin {
  /// Reads a document that is one object with a certain member.
  ///
  /// - Throws: ``ParseError`` for any other.
  fileprivate func object(_ bytes: [UInt8], with key: String) throws(ParseError) -> JSONObject {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: bytes)
    } catch {
      throw .malformedJSON(problem: error.reason, path: path, line: error.line)
    }
    guard case .object(let object) = value, object[key] != nil else {
      throw oddMember("an object with \(key)")
    }
    return object
  }

  fileprivate func oddMember(_ expectation: String) -> ParseError {
    .expected(expectation, found: "another document", path: path, line: 1)
  }
}

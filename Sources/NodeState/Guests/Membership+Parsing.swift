import BundleFormat

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
  func object(_ bytes: [UInt8], with key: String) throws(ParseError) -> JSONObject {
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

  func oddMember(_ expectation: String) -> ParseError {
    .expected(expectation, found: "another document", path: path, line: 1)
  }
}

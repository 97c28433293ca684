import BundleFormat

// What tools print, one function a tool.
extension StrictRedaction {
  /// Replaces the values of some keys in JSON as LVM prints it, `"lv_host":"pve1"`.
  func jsonFields(
    _ bytes: [UInt8], _ transforms: [String: (String) -> String]
  ) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var rest = bytes[...]
    let marks = transforms.map { (Array("\"\($0.key)\"".utf8), $0.value) }
    var next = NextMark<Int>(of: marks.count)
    while true {
      guard
        let (mark, range) = next.next(from: rest.startIndex, { rest.firstRange(of: marks[$0].0) })
      else { return result + rest }
      let transform = marks[mark].1
      // The value's opening quote; another member's value in its place is none.
      let between = rest[range.upperBound...].prefix { $0.isBlank || $0 == UInt8(ascii: ":") }
      result += rest[..<between.endIndex]
      rest = rest[between.endIndex...]
      guard rest.first == UInt8(ascii: "\"") else { continue }
      let value = rest.dropFirst().prefix { $0 != UInt8(ascii: "\"") }
      result += [UInt8(ascii: "\"")] + Array(transform(String(decoding: value, as: UTF8.self)).utf8)
      rest = rest[value.endIndex...]
    }
  }

  /// `.members` and `.vmlist`, written anew with pseudonyms; what doesn't parse is left out.
  func members(_ bytes: [UInt8]) -> [UInt8] {
    guard let value = try? JSONValue(parsing: bytes) else { return Redaction.mark }
    var json = JSONWriter(pretty: true)
    write(value, key: "", to: &json)
    return json.bytes + [UInt8(ascii: "\n")]
  }

  private func write(_ value: JSONValue, key: String, to json: inout JSONWriter) {
    if let object = value.object {
      json.beginObject()
      for member in object.members {
        let name = member.key
        json.key(key == "nodelist" ? pseudonyms.node(name) : name)
        // A cluster's name, not that of something else.
        let isCluster = key == "cluster" && name == "name"
        write(member.value, key: isCluster ? "cluster name" : name, to: &json)
      }
      json.endObject()
    } else if let array = value.array {
      json.beginArray()
      for member in array { write(member, key: key, to: &json) }
      json.endArray()
    } else if let text = value.string {
      switch key {
      case "node", "nodename": json.value(pseudonyms.node(text))
      case "cluster name": json.value(pseudonyms.name(.cluster, text))
      case "ip": json.value(pseudonyms.address(text))
      default: json.value(text)
      }
    } else if let number = value.integer {
      json.value(number)
    } else if let truth = value.bool {
      json.value(truth)
    } else {
      json.null()
    }
  }

  /// `qm list`: the name stands between the id and the state, and may hold blanks.
  ///
  /// A row without its last columns has one, too: all behind the id that is no state and nothing behind it.
  func machineList(_ line: String) -> String {
    let words = line.split(separator: " ")
    guard let id = words.first, Int(id) != nil, words.count > 1 else { return line }
    let state = words.dropFirst(2).lastIndex { Self.states.contains(String($0)) }
    let end = state ?? (words.count >= 6 ? words.count - 4 : words.count)
    let name = line[words[1].startIndex..<words[end - 1].endIndex]
    if name == "VM \(id)" { return line }
    return line[..<name.startIndex] + pseudonyms.name(.guest, String(name)) + line[name.endIndex...]
  }

  /// What `qm list` and `pct list` say of a guest. Source: `PVE::QemuServer::vmstatus`, `PVE::LXC`.
  private static let states: Set<String> = [
    "running", "stopped", "paused", "suspended", "prelaunch", "mounted", "disabled", "migrate",
    "backup", "snapshot", "rollback", "create", "snapshot-delete", "fstrim",
  ]

  /// `pct list`: the name is the last word.
  func containerList(_ line: String) -> String {
    let words = line.split(separator: " ")
    guard let id = words.first, Int(id) != nil, words.count > 1, let last = words.last,
      last != "CT\(id)", words.count > 3 || !Self.states.contains(String(last))
    else { return line }
    return line[..<last.startIndex] + pseudonyms.name(.guest, String(last))
      + line[last.endIndex...]
  }

  /// `multipath -ll`: a map's line begins with its name, which is a mapping's and stays.
  func multipath(_ line: String) -> String {
    let name = line.prefix { $0.isLetter || $0.isNumber || "-_.:".contains($0) }
    return name + anyText(String(line[name.endIndex...]))
  }

  /// `UPID:pve1:0001A2B3:…:qmstart:100:root@pam: 1`.
  func task(_ line: String) -> String {
    var parts = line.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 7, parts[0] == "UPID" else { return line }
    parts[1] = pseudonyms.node(parts[1])
    parts[7] = pseudonyms.name(.user, parts[7])
    return parts.joined(separator: ":")
  }

  /// `nodes pve1:2,pve2`, `target pve2`, `source pve1`.
  func clusterSetting(_ line: String) -> String {
    let indent = line.prefix { $0 == " " || $0 == "\t" }
    let text = line[indent.endIndex...]
    let key = text.prefix { $0 != " " && $0 != "\t" }
    // Groups and rules are named after the nodes that they are of.
    guard !indent.isEmpty, ["nodes", "target", "source"].contains(key) else {
      return nodes(inPlaces: line)
    }
    let names = text[key.endIndex...].split(whereSeparator: { $0 == " " || $0 == "\t" })
    let replaced = names.joined(separator: " ").split(separator: ",").map { part in
      let pair = part.split(separator: ":", maxSplits: 1)
      let rest = pair.count > 1 ? ":\(pair[1])" : ""
      return pseudonyms.node(String(pair.first ?? "")) + rest
    }
    return "\(indent)\(key) \(replaced.joined(separator: ","))"
  }

  /// `pvecm status`: the cluster's name, and the members' names or addresses.
  func clusterStatus(_ line: String) -> String {
    if line.hasPrefix("Name:") {
      let name = line.dropFirst(5).drop { $0 == " " }
      return line[..<name.startIndex] + pseudonyms.name(.cluster, String(name))
    }
    let words = line.split(separator: " ")
    if words.count > 2, words[0].hasPrefix("0x"), let index = line.range(of: words.count, words) {
      let name = String(line[index])
      let isAddress = Pseudonyms.isIPv4(name) || Pseudonyms.isIPv6(name)
      let pseudonym = isAddress ? pseudonyms.address(name) : pseudonyms.node(name)
      // Not the whole line again: an address's pseudonym is an address, too.
      return freeText(String(line[..<index.lowerBound])) + pseudonym
        + freeText(String(line[index.upperBound...]))
    }
    return freeText(line)
  }

  /// A mount from another host: `nfs.example:/export /mnt …`, `//host/share /mnt …`.
  func mount(_ line: String) -> String {
    let start = line.firstIndex { $0 != " " && $0 != "\t" } ?? line.endIndex
    let place = line[start...].prefix { $0 != " " && $0 != "\t" }
    let rest = links(in: String(line[place.endIndex...])) { freeText(nodes(inPlaces: $0)) }
    for tag in ["LABEL=", "PARTLABEL="] where place.hasPrefix(tag) {
      let label = place.dropFirst(tag.count).filter { $0 != "\"" }
      return line[..<start] + tag + pseudonyms.name(.host, label) + rest
    }
    guard place.hasPrefix("//") || (place.contains(":") && !place.hasPrefix("/")) else {
      return line[..<start] + links(in: String(place)) + rest
    }
    return line[..<start] + pseudonyms.name(.host, String(place)) + rest
  }
}

extension String {
  /// The last word before `(local)`, or the last.
  fileprivate func range(of count: Int, _ words: [Substring]) -> Range<String.Index>? {
    let name = words.last == "(local)" ? words.dropLast().last : words.last
    return count > 2 ? name.map { $0.startIndex..<$0.endIndex } : nil
  }
}

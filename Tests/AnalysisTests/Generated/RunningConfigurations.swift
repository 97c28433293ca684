import BundleFormat

/// The configurations of the guests that run on a node, by the bundle's own text: no parser of the
/// product has a part in it.
struct RunningConfigurations {
  private var texts: [String] = []

  init(_ bundle: NodeBundle) {
    func text(_ source: SourceID) -> String {
      String(decoding: bundle.entry(of: source)?.content ?? [], as: UTF8.self)
    }
    let processes = text(.qemuProcesses)
    let sockets = text(.containerSockets)
    for position in bundle.positions(of: .guestConfigs) {
      let entry = bundle.entries[position]
      guard let path = entry.result.planned.origin,
        path.hasPrefix("/etc/pve/nodes/\(bundle.manifest.node.name)/"),
        let id = path.split(separator: "/").last?.split(separator: ".").first
      else { continue }
      if processes.contains("\"id\":\"\(id)\"") || sockets.contains("/lxc/\(id)/command") {
        texts.append(String(decoding: entry.content ?? [], as: UTF8.self))
      }
    }
  }

  /// Whether one of them names the volume that a mapping is called after.
  func name(_ mapping: String) -> Bool {
    // A double hyphen is one of the name, a single one ends the group.
    var name = ""
    var rest = Substring(mapping)
    while let character = rest.popFirst() {
      if character != "-" {
        name.append(character)
      } else if rest.first == "-" {
        rest.removeFirst()
        name.append("-")
      } else {
        name = ""
      }
    }
    return texts.contains { text in
      text.split(whereSeparator: { ":/,\n ".contains($0) }).contains { $0 == name }
    }
  }
}

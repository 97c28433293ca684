import BundleFormat

/// What the cluster's file system holds: members, guests, storages and configurations.
struct ClusterFiles {
  let world: World
  /// In the order of their files.
  let guests: [Guest]

  init(_ world: World) {
    self.world = world
    let sorted = world.guests.sorted { Self.path(of: $0) < Self.path(of: $1) }
    guard world.options.variations.contains(.sectionsReordered) else {
      guests = sorted
      return
    }
    var random = SplitMix64(seed: world.seed, stream: -3)
    guests = random.shuffled(sorted)
  }

  static func path(of guest: Guest) -> String {
    "/etc/pve/nodes/\(guest.node)/\(guest.isContainer ? "lxc" : "qemu-server")/\(guest.id).conf"
  }

  /// Source: pve-cluster `status.c`, `cfs_create_vmlist_msg`.
  func vmlist() -> [UInt8] {
    var text = TextBuffer()
    text.write("{\n\"version\": \(guests.count + 1)")
    if !guests.isEmpty { text.write(",\n\"ids\": {") }
    for (position, guest) in guests.enumerated() {
      let type = guest.isContainer ? "lxc" : "qemu"
      text.write(
        "\(position == 0 ? "" : ",")\n\"\(guest.id)\": { \"node\": \"\(guest.node)\", "
          + "\"type\": \"\(type)\", \"version\": \(position + 1) }")
    }
    text.write("\(guests.isEmpty ? "" : "}\n")\n}\n")
    return text.bytes
  }

  /// Source: pve-cluster `status.c`, `cfs_create_memberlist_msg`.
  func members() -> [UInt8] {
    var text = TextBuffer()
    text.write("{\n\"nodename\": \"\(world.nodeName)\",\n\"version\": 2")
    let nodes = [world.nodeName] + world.otherNodes
    if nodes.count > 1 {
      text.write(
        ",\n\"cluster\": { \"name\": \"lab\", \"version\": 2, \"nodes\": \(nodes.count), "
          + "\"quorate\": 1 },\n\"nodelist\": {")
      for (position, node) in nodes.enumerated() {
        text.write(
          "\(position == 0 ? "" : ",")\n  \"\(node)\": { \"id\": \(position + 1), \"online\": 1, "
            + "\"ip\": \"192.0.2.\(position + 1)\"}")
      }
      text.write("\n  }")
    }
    text.write("\n}\n")
    return text.bytes
  }

  func storages() -> [UInt8] {
    var sections = world.storages
    if world.options.variations.contains(.sectionsReordered) { sections.reverse() }
    var text = TextBuffer()
    for section in sections {
      text.line("\(section.type): \(section.id)")
      for line in section.lines { text.line("\t\(line)") }
      text.line()
    }
    return text.bytes
  }

  /// A guest's configuration after redaction.
  func configuration(of guest: Guest, reading: Int) -> [UInt8] {
    var lines = guest.lines + standardLines(of: guest)
    lines += guest.oddLines.filter { !$0.hasPrefix("#") && !$0.hasPrefix("lxc.") }
    if reading == 2, guest.isChangedInSecondReading { lines.append("lock: migrate") }
    var sections = guest.sections
    if world.options.variations.contains(.sectionsReordered) {
      sections = sections.filter { !$0.isSnapshot } + sections.filter(\.isSnapshot).reversed()
    }
    var text = TextBuffer()
    for line in guest.oddLines where line.hasPrefix("#") { text.line(line) }
    for line in lines.sorted() { text.line(line) }
    for line in guest.oddLines where line.hasPrefix("lxc.") { text.line(line) }
    for section in sections {
      text.line("\n[\(section.header)]")
      for line in section.lines.sorted() { text.line(line) }
    }
    return text.bytes
  }

  private func standardLines(of guest: Guest) -> [String] {
    let isRenamed = world.options.variations.contains(.guestsRenamed)
    let name = isRenamed ? "renamed-\(guest.id)" : guest.name
    var lines = ["cores: 2", "memory: 2048", "net0: <redacted>"]
    if guest.isContainer {
      lines += ["arch: amd64", "hostname: \(name)", "ostype: debian"]
    } else {
      lines += ["boot: order=scsi0", "name: \(name)", "scsihw: virtio-scsi-single"]
      lines += ["smbios1: <redacted>", "vmgenid: <redacted>"]
    }
    if let lock = guest.lock { lines.append("lock: \(lock)") }
    if guest.isTemplate { lines.append("template: 1") }
    if let last = guest.sections.last(where: \.isSnapshot) {
      lines.append("parent: \(last.header)")
    }
    return lines
  }

  /// The hash of the lines that a cleanup step depends on, as the collector takes it.
  static func liveDigest(of configuration: [UInt8]) -> Digest {
    var lines: [UInt8] = []
    for line in configuration.split(separator: UInt8(ascii: "\n")) where isDecisive(line) {
      lines += line
      lines.append(UInt8(ascii: "\n"))
    }
    return SHA256.digest(of: lines)
  }

  private static func isDecisive(_ line: ArraySlice<UInt8>) -> Bool {
    if line.first == UInt8(ascii: "[") { return true }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return false }
    let key = line[..<colon]
    let digits = (UInt8(ascii: "0")...UInt8(ascii: "9"))
    let word = key.prefix(key.count - key.reversed().prefix { digits.contains($0) }.count)
    if word.count == key.count, whole.contains(where: { word.elementsEqual($0.utf8) }) {
      return true
    }
    return numbered.contains { word.elementsEqual($0.utf8) }
  }

  private static let whole = ["lock", "template", "vmstate", "fleecing-images"]
  private static let numbered = [
    "ide", "scsi", "virtio", "sata", "efidisk", "tpmstate", "unused", "rootfs", "mp",
  ]
}

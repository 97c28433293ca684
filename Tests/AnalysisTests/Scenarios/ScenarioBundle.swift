import BundleFormat
import NodeState

/// Makes a bundle of a scenario's files: one node, read twice.
struct ScenarioBundle {
  private let files: [String: [UInt8]]
  private var entries: [BundleEntry] = []
  private var planned: [PlannedEntry] = []

  /// Files whose name is not simply a source's id.
  private static let names: [String: SourceID] = [
    "storage.cfg": .storageCfg, "vmlist": .pveVmlist, "members": .pveMembers,
    "vmlist.json": .pveVmlist, "members.json": .pveMembers,
  ]

  /// What is asked twice; the second answer is the first one unless `second/` has another.
  private static let twice: Set<SourceID> = [
    .dmsetupInfo, .dmsetupTable, .guestConfigs, .qemuProcesses, .containerSockets, .tasksActive,
    .cpuStat, .uptime, .networkTraffic,
  ]

  private static let commands: Set<SourceID> = [
    .dmsetupInfo, .dmsetupTable, .dmsetupDeps, .dmsetupStatus, .dmsetupTargets,
    .dmsetupUdevcookies, .lvs, .vgs, .pvs, .lvmconfig, .qmList, .pctList, .multipath,
    .iscsiSessions, .lsblk, .kernelLog, .services, .clusterStatus, .pveVersion, .packages,
    .filesystems, .zpoolList, .zpoolStatus,
  ]

  /// - Parameter taken: Sources to leave out: `lvs`, or `tasks-active 2` for the second reading alone.
  static func bundle(of files: [String: [UInt8]], without taken: [String] = []) -> NodeBundle {
    var maker = ScenarioBundle(files: files)
    let missing = taken + lines(files["missing.txt"])
    maker.addSources()
    maker.addConfigurations()
    let kept = maker.entries.filter { entry in
      let id = entry.result.planned.id
      return !missing.contains(id) && !missing.contains("\(id) \(entry.result.reading)")
    }
    return NodeBundle(
      manifest: maker.manifest, finishedAt: nil, entries: kept, sha256: nil, source: "scenario")
  }

  private init(files: [String: [UInt8]]) { self.files = files }

  static func lines(_ bytes: [UInt8]?) -> [String] {
    String(decoding: bytes ?? [], as: UTF8.self).split(separator: "\n").map(String.init)
      .filter { !$0.hasPrefix("#") }
  }

  /// The lines of `manifest.txt`, by their first word.
  private var settings: [String: String] {
    var values: [String: String] = [:]
    for line in Self.lines(files["manifest.txt"]) {
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      if words.count == 2 { values[words[0]] = words[1] }
    }
    return values
  }

  private var manifest: Manifest {
    let values = settings
    return Manifest(
      tool: .init(name: "scenario", version: "1"),
      node: .init(
        name: values["node"] ?? "", hostname: values["hostname"] ?? "",
        machineID: values["machine-id"], bootID: values["boot-id"], cluster: nil),
      collectedAt: values["collected-at"].flatMap { Timestamp($0) }
        ?? Timestamp(secondsSinceEpoch: 0),
      redaction: values["redaction"].flatMap { Manifest.Redaction(rawValue: $0) } ?? .standard,
      entries: planned)
  }

  private static func source(of name: String) -> SourceID? {
    names[name] ?? SourceID(rawValue: String(name.prefix { $0 != "." }))
  }

  private mutating func addSources() {
    let first = files.keys.filter { !$0.contains("/") && !$0.hasSuffix(".err") }.sorted()
    for name in first {
      guard let source = Self.source(of: name), !name.hasSuffix(".exit") else { continue }
      add(source, files[name] ?? [], reading: 1)
      if Self.twice.contains(source) {
        add(source, files["second/\(name)"] ?? files[name] ?? [], reading: 2)
      }
    }
    if !first.contains(where: { Self.source(of: $0) == .pveVmlist }) {
      add(.pveVmlist, guestList(), reading: 1)
    }
  }

  private mutating func add(_ source: SourceID, _ content: [UInt8], reading: Int) {
    let isCommand = Self.commands.contains(source)
    let folder = reading == 1 ? "" : "second/"
    let entry = PlannedEntry(
      id: source.rawValue, kind: isCommand ? .command : .file, argv: nil,
      origin: source == .devLinks ? settings["dev-links"] : nil,
      path: "\(folder)commands/\(source.rawValue).out")
    let exit = Self.lines(files["\(source.rawValue).exit"]).first.flatMap { Int($0) } ?? 0
    planned.append(entry)
    entries.append(
      BundleEntry(
        result: EntryResult(
          planned: entry, status: .collected, exitCode: isCommand ? exit : nil,
          sizeBytes: content.count, reading: reading),
        content: content, standardError: files["\(source.rawValue).err"] ?? [], isIntact: true))
  }

  /// `guests/NODE/qemu-server/ID.conf`, and the same below `second/`.
  private mutating func addConfigurations() {
    for reading in 1...2 {
      let root = reading == 2 && hasSecondConfigurations ? "second/guests/" : "guests/"
      let folder = reading == 1 ? "" : "second/"
      let plan = PlannedEntry(
        id: SourceID.guestConfigs.rawValue, kind: .files, argv: nil, origin: nil,
        path: "\(folder)files/etc/pve/nodes")
      planned.append(plan)
      let paths = files.keys.filter { $0.hasPrefix(root) }.sorted()
      for path in paths {
        let content = files[path] ?? []
        var entry = plan
        entry.path = "\(folder)files/etc/pve/nodes/\(path.dropFirst(root.count))"
        entries.append(
          BundleEntry(
            result: EntryResult(
              planned: entry, status: .collected, sizeBytes: content.count, reading: reading,
              liveDigest: .digest(LiveDigest.of(content))),
            content: content, isIntact: true))
      }
      if paths.isEmpty {
        entries.append(
          BundleEntry(
            result: EntryResult(planned: plan, status: .collected, reading: reading), content: nil,
            isIntact: true))
      }
    }
  }

  private var hasSecondConfigurations: Bool {
    files.keys.contains { $0.hasPrefix("second/guests/") }
  }

  /// `.vmlist` as pmxcfs makes it of the configurations.
  private func guestList() -> [UInt8] {
    let members = files.keys.filter { $0.hasPrefix("guests/") }.sorted().compactMap {
      path -> String? in
      let parts = path.split(separator: "/").map(String.init)
      guard parts.count == 4, parts[3].hasSuffix(".conf") else { return nil }
      let type = parts[2] == "lxc" ? "lxc" : "qemu"
      return
        "\"\(parts[3].dropLast(5))\":{\"node\":\"\(parts[1])\",\"type\":\"\(type)\",\"version\":1}"
    }
    return Array("{\"version\":1,\"ids\":{\(members.joined(separator: ","))}}".utf8)
  }
}

import BundleFormat
import BundleWriter

extension SmallNode {
  /// What the collector takes twice.
  private static let twice: Set<SourceID> = [
    .dmsetupInfo, .dmsetupTable, .guestConfigs, .qemuProcesses, .containerSockets, .tasksActive,
  ]

  private static let commands: [SourceID: String] = [
    .dmsetupInfo:
      "dmsetup info -c --manglename none --noheadings --separator | -o "
      + "mangled_name,mangled_uuid,major,minor,open,segments,events,attr",
    .dmsetupTable: "dmsetup table --manglename none",
    .lvs: "lvs -a --readonly --units b --nosuffix --reportformat json",
    .vgs: "vgs --readonly --units b --nosuffix --reportformat json",
    .pvs: "pvs --readonly --units b --nosuffix --reportformat json",
    .qmList: "qm list", .multipath: "multipath -ll", .lsblk: "lsblk -J -b",
  ]

  private static let files: [SourceID: String] = [
    .bootID: "/proc/sys/kernel/random/boot_id", .machineID: "/etc/machine-id",
    .storageCfg: "/etc/pve/storage.cfg", .pveVmlist: "/etc/pve/.vmlist",
    .pveMembers: "/etc/pve/.members", .tasksActive: "/var/log/pve/tasks/active",
    .fstab: "/etc/fstab",
  ]

  /// The node as a bundle that was read.
  public var bundle: NodeBundle {
    var planned: [PlannedEntry] = []
    var entries: [BundleEntry] = []
    for source in SourceID.allCases where texts[source] != nil && !lacking.contains(source) {
      for reading in Self.twice.contains(source) ? 1...2 : 1...1 {
        let entry = Self.plan(source, reading: reading)
        planned.append(entry)
        entries.append(Self.entry(entry, texts[source] ?? "", reading: reading))
      }
    }
    for reading in lacking.contains(.guestConfigs) ? [] : [1, 2] {
      let top = reading == 2 ? "second/files" : "files"
      var entry = PlannedEntry(
        id: SourceID.guestConfigs.rawValue, kind: .files, argv: nil, origin: "/etc/pve/nodes",
        path: "\(top)/etc/pve/nodes")
      planned.append(entry)
      for (path, text) in configurations.sorted(by: { $0.key < $1.key }) {
        entry.origin = "/etc/pve/nodes/\(path)"
        entry.path = "\(top)/etc/pve/nodes/\(path)"
        entries.append(Self.entry(entry, text, reading: reading))
      }
    }
    return NodeBundle(
      manifest: Manifest(
        format: format, tool: .init(name: "dmcollect", version: "1"),
        node: .init(
          name: name, hostname: name, machineID: machineID,
          bootID: "5f3c1d2e-0000-4000-8000-000000000001", cluster: "lab"),
        collectedAt: collectedAt, redaction: .standard, entries: planned),
      finishedAt: collectedAt, entries: entries, sha256: nil, source: "small")
  }

  private static func plan(_ source: SourceID, reading: Int) -> PlannedEntry {
    let top = reading == 2 ? "second/" : ""
    if let file = files[source] {
      return PlannedEntry(
        id: source.rawValue, kind: .file, argv: nil, origin: file, path: "\(top)files\(file)")
    }
    let command = commands[source]?.split(separator: " ").map(String.init)
    return PlannedEntry(
      id: source.rawValue, kind: command == nil ? .probe : .command, argv: command, origin: nil,
      path: "\(top)commands/\(source.rawValue).out")
  }

  private static func entry(_ planned: PlannedEntry, _ text: String, reading: Int) -> BundleEntry {
    let content = Array(text.utf8)
    return BundleEntry(
      result: EntryResult(
        planned: planned, status: .collected, exitCode: planned.kind == .command ? 0 : nil,
        durationMilliseconds: 5, sizeBytes: content.count,
        sha256: .digest(SHA256.digest(of: content)), reading: reading,
        liveDigest: planned.kind == .files ? .digest(LiveDigest.of(content)) : nil),
      content: content, isIntact: true)
  }

  /// Writes the node as an archive to an open file, and closes the archive.
  public func write(to descriptor: CInt) throws(ArchiveError) {
    let bundle = bundle
    let writer = try ArchiveWriter(
      to: descriptor, format: .tar, top: "dmcollect-\(collectedAt.compact)",
      modifiedAt: collectedAt)
    try writer.write(path: "manifest.json", content: bundle.manifest.json)
    for entry in bundle.entries {
      try writer.write(path: entry.result.planned.path, content: entry.content ?? [])
    }
    let end = ManifestEnd(finishedAt: collectedAt, results: bundle.entries.map(\.result))
    try writer.write(path: "manifest-end.json", content: end.json)
    try writer.close()
  }
}

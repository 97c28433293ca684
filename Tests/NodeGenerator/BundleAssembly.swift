import BundleFormat

/// Puts sources together into a bundle as the collector would have made it.
struct BundleAssembly {
  private var planned: [PlannedEntry] = []
  private var entries: [BundleEntry] = []

  /// A command's answer.
  mutating func command(
    _ source: SourceID, _ words: String, output: [UInt8], error: [UInt8] = [], exitCode: Int = 0,
    reading: Int = 1
  ) {
    let folder = reading == 2 ? "second/" : ""
    let entry = PlannedEntry(
      id: source.rawValue, kind: .command, argv: words.split(separator: " ").map(String.init),
      origin: nil, path: "\(folder)commands/\(source.rawValue).out")
    planned.append(entry)
    append(
      entry, content: output, error: error, errorPath: "\(folder)commands/\(source.rawValue).err",
      exitCode: exitCode, reading: reading)
  }

  mutating func probe(_ source: SourceID, of origin: String, output: [UInt8], reading: Int = 1) {
    let folder = reading == 2 ? "second/" : ""
    let entry = PlannedEntry(
      id: source.rawValue, kind: .probe, argv: nil, origin: origin,
      path: "\(folder)commands/\(source.rawValue).out")
    planned.append(entry)
    append(entry, content: output, reading: reading)
  }

  mutating func file(_ source: SourceID, _ path: String, content: [UInt8], reading: Int = 1) {
    let folder = reading == 2 ? "second/" : ""
    let entry = PlannedEntry(
      id: source.rawValue, kind: .file, argv: nil, origin: path, path: "\(folder)files\(path)")
    planned.append(entry)
    append(entry, content: content, reading: reading)
  }

  /// A file that does not exist on this node, or a tool that is not installed.
  mutating func missing(_ source: SourceID, file path: String) {
    let entry = PlannedEntry(
      id: source.rawValue, kind: .file, argv: nil, origin: path, path: "files\(path)")
    planned.append(entry)
    entries.append(
      BundleEntry(
        result: EntryResult(planned: entry, status: .missing), content: nil, isIntact: true))
  }

  mutating func missing(_ source: SourceID, command words: String) {
    let entry = PlannedEntry(
      id: source.rawValue, kind: .command, argv: words.split(separator: " ").map(String.init),
      origin: nil, path: "commands/\(source.rawValue).out")
    planned.append(entry)
    entries.append(
      BundleEntry(
        result: EntryResult(planned: entry, status: .missing), content: nil, isIntact: true))
  }

  /// A question with many files; each is an entry of its own in the results.
  mutating func files(
    _ source: SourceID, below folder: String, reading: Int = 1,
    _ files: [(path: String, content: [UInt8], liveDigest: Digest?)]
  ) {
    let top = reading == 2 ? "second/files" : "files"
    let entry = PlannedEntry(
      id: source.rawValue, kind: .files, argv: nil, origin: folder, path: "\(top)\(folder)")
    planned.append(entry)
    for file in files {
      var planned = entry
      planned.origin = file.path
      planned.path = "\(top)\(file.path)"
      append(planned, content: file.content, reading: reading, liveDigest: file.liveDigest)
    }
    if files.isEmpty {
      entries.append(
        BundleEntry(
          result: EntryResult(planned: entry, status: .collected, reading: reading), content: nil,
          isIntact: true))
    }
  }

  private mutating func append(
    _ planned: PlannedEntry, content: [UInt8], error: [UInt8] = [], errorPath: String = "",
    exitCode: Int? = nil, reading: Int, liveDigest: Digest? = nil
  ) {
    let standardError =
      error.isEmpty
      ? nil
      : EntryResult.StandardError(
        path: errorPath, sizeBytes: error.count, sha256: .digest(SHA256.digest(of: error)))
    let result = EntryResult(
      planned: planned, status: .collected, exitCode: exitCode, durationMilliseconds: 12,
      sizeBytes: content.count, sha256: .digest(SHA256.digest(of: content)), reading: reading,
      standardError: standardError, liveDigest: liveDigest.map { .digest($0) })
    entries.append(
      BundleEntry(result: result, content: content, standardError: error, isIntact: true))
  }

  func bundle(of node: Manifest.Node, collectedAt: Int64) -> NodeBundle {
    let manifest = Manifest(
      tool: Manifest.Tool(name: "generate-node", version: "1"), node: node,
      collectedAt: Timestamp(secondsSinceEpoch: collectedAt), redaction: .standard,
      entries: planned)
    return NodeBundle(
      manifest: manifest, finishedAt: Timestamp(secondsSinceEpoch: collectedAt + 3),
      entries: entries, sha256: nil, source: "\(node.name).tar.zst")
  }
}

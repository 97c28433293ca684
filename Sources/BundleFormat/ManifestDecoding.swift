extension Manifest {
  /// Reads `manifest.json`. Keys that this version does not know are ignored.
  ///
  /// - Throws: ``ManifestError``; a higher format is found before anything else is missed.
  public init(parsing bytes: [UInt8]) throws(ManifestError) {
    let draft: ManifestDraft
    do throws(JSONError) {
      draft = try ManifestDraft(parsing: bytes)
    } catch {
      throw .invalidJSON(error)
    }
    let format = try draft.format.required("format", line: 1)
    if format > Manifest.currentFormat { throw .newerFormat(format) }
    // There was none before 1.
    guard format == Manifest.currentFormat else { throw .missing(key: "format", line: 1) }
    self.init(
      format: format,
      tool: Tool(
        name: try draft.toolName.required("tool.name", line: 1),
        version: try draft.toolVersion.required("tool.version", line: 1)),
      node: Node(
        name: try draft.nodeName.required("node.name", line: 1),
        hostname: try draft.hostname.required("node.hostname", line: 1),
        machineID: draft.machineID, bootID: draft.bootID, cluster: draft.cluster),
      collectedAt: try draft.collectedAt.flatMap(Timestamp.init).required("collectedAt", line: 1),
      // An unknown word is taken as the one that trusts the bundle least.
      redaction: Redaction(rawValue: try draft.redaction.required("redaction", line: 1)) ?? .strict,
      entries: try draft.entries.get())
  }
}

extension ManifestEnd {
  /// Reads `manifest-end.json`. Keys that this version does not know are ignored; the results stand under
  /// `results` or `entries`.
  ///
  /// - Throws: ``ManifestError`` for broken JSON and what every result must have.
  public init(parsing bytes: [UInt8]) throws(ManifestError) {
    var finishedAt: String?
    var results = Result<[EntryResult], ManifestError>.success([])
    do throws(JSONError) {
      var scanner = JSONScanner(bytes)
      if try scanner.nextIs(.beginObject) {
        while try scanner.next() == .key {
          if scanner.matches("finishedAt") {
            finishedAt = try scanner.nextText()
          } else if scanner.matches("results") || scanner.matches("entries") {
            results = try EntryDraft.collect(
              from: &scanner, written: { EntryResult.take(&$0, to: &$1) }
            ) { (draft) throws(ManifestError) in try draft.result() }
          } else {
            try scanner.skipValue()
          }
        }
      }
      _ = try scanner.next()
    } catch {
      throw .invalidJSON(error)
    }
    self.init(
      finishedAt: try finishedAt.flatMap(Timestamp.init).required("finishedAt", line: 1),
      results: try results.get())
  }
}

/// What stands in a `manifest.json`, before it is known to be enough.
private struct ManifestDraft {
  var format: Int?
  var toolName, toolVersion: String?
  var nodeName, hostname, machineID, bootID, cluster: String?
  var collectedAt, redaction: String?
  var entries = Result<[PlannedEntry], ManifestError>.success([])

  init(parsing bytes: [UInt8]) throws(JSONError) {
    var scanner = JSONScanner(bytes)
    if try scanner.nextIs(.beginObject) {
      while try scanner.next() == .key { try readMember(from: &scanner) }
    }
    _ = try scanner.next()
  }

  private mutating func readMember(from scanner: inout JSONScanner) throws(JSONError) {
    switch scanner.text {
    case "format":
      guard try scanner.nextIs(.number) else { return }
      // Digits that no integer holds are a higher format, too.
      format = scanner.integer ?? (scanner.text.allSatisfy { "0"..."9" ~= $0 } ? .max : nil)
    case "tool":
      guard try scanner.nextIs(.beginObject) else { return }
      while try scanner.next() == .key {
        switch scanner.text {
        case "name": toolName = try scanner.nextText()
        case "version": toolVersion = try scanner.nextText()
        default: try scanner.skipValue()
        }
      }
    case "node":
      guard try scanner.nextIs(.beginObject) else { return }
      while try scanner.next() == .key { try readNodeMember(from: &scanner) }
    case "collectedAt": collectedAt = try scanner.nextText()
    case "redaction": redaction = try scanner.nextText()
    case "entries":
      entries = try EntryDraft.collect(from: &scanner) { (draft) throws(ManifestError) in
        try draft.planned()
      }
    default: try scanner.skipValue()
    }
  }

  private mutating func readNodeMember(from scanner: inout JSONScanner) throws(JSONError) {
    switch scanner.text {
    case "name": nodeName = try scanner.nextText()
    case "hostname": hostname = try scanner.nextText()
    case "machineID": machineID = try scanner.nextText()
    case "bootID": bootID = try scanner.nextText()
    case "cluster": cluster = try scanner.nextText()
    default: try scanner.skipValue()
    }
  }
}

extension Optional {
  /// Returns the value of a key that every manifest has.
  func required(_ key: String, line: Int) throws(ManifestError) -> Wrapped {
    guard let self else { throw .missing(key: key, line: line) }
    return self
  }
}

/// What stands in one object of the plan or the results, before it is known to be enough.
struct EntryDraft {
  private var line: Int
  private var id, origin, path: String?
  /// Within, nil for a kind that this version does not know.
  private var kind: EntryKind??
  private var status: EntryResult.Status?
  private var sha256, liveDigest: WrittenDigest?
  private var argv: [String]?
  private var exitCode, signal, duration, size, reading: Int?
  private var standardError: EntryResult.StandardError?

  /// Reads the objects of the array that comes next, and makes something of each; nothing when it is no
  /// array. The first object that lacks something is the failure.
  ///
  /// - Parameter written: Takes an object that is in the collector's own form, and appends what it makes.
  static func collect<Entry>(
    from scanner: inout JSONScanner,
    written: (inout WrittenMembers, inout [Entry]) -> Bool = { _, _ in false },
    _ make: (EntryDraft) throws(ManifestError) -> Entry?
  ) throws(JSONError) -> Result<[Entry], ManifestError> {
    var entries: [Entry] = []
    var failure: ManifestError?
    try scanner.forEachObject { (scanner) throws(JSONError) in
      if try scanner.takesWrittenObject({ written(&$0, &entries) }) { return }
      var draft = EntryDraft(line: scanner.line)
      while try scanner.next() == .key { try draft.readMember(from: &scanner) }
      do throws(ManifestError) {
        if let entry = try make(draft) { entries.append(entry) }
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { return .failure(failure) }
    return .success(entries)
  }

  private init(line: Int) { self.line = line }

  // Compared as bytes, not as text: a big node's bundle has 10,000 of these objects.
  private mutating func readMember(from scanner: inout JSONScanner) throws(JSONError) {
    if scanner.matches("id") {
      id = try scanner.nextText()
    } else if scanner.matches("kind") {
      kind = try scanner.nextText().map { EntryKind(rawValue: $0) }
    } else if scanner.matches("path") {
      path = try scanner.nextText()
    } else if scanner.matches("status") {
      // A word of a later version is no word of an answer that can be relied on.
      status = try scanner.nextText().map { EntryResult.Status(rawValue: $0) ?? .failed }
    } else if scanner.matches("source") {
      origin = try scanner.nextText()
    } else if scanner.matches("argv") {
      argv = try scanner.nextTexts()
    } else {
      try readResultMember(from: &scanner)
    }
  }

  private mutating func readResultMember(from scanner: inout JSONScanner) throws(JSONError) {
    if scanner.matches("exitCode") {
      exitCode = try scanner.nextInteger()
    } else if scanner.matches("signal") {
      signal = try scanner.nextInteger()
    } else if scanner.matches("durationMs") {
      duration = try scanner.nextInteger()
    } else if scanner.matches("bytes") {
      size = try scanner.nextInteger()
    } else if scanner.matches("sha256") {
      sha256 = try scanner.nextText().map { WrittenDigest($0) }
    } else if scanner.matches("reading") {
      reading = try scanner.nextInteger()
    } else if scanner.matches("stderr") {
      standardError = try Self.standardError(from: &scanner)
    } else if scanner.matches("liveDigest") {
      liveDigest = try scanner.nextText().map { WrittenDigest($0) }
    } else {
      try scanner.skipValue()
    }
  }

  private static func standardError(
    from scanner: inout JSONScanner
  ) throws(JSONError) -> EntryResult.StandardError? {
    guard try scanner.nextIs(.beginObject) else { return nil }
    var path: String?
    var size: Int?
    var sha256: String?
    while try scanner.next() == .key {
      switch scanner.text {
      case "path": path = try scanner.nextText()
      case "bytes": size = try scanner.nextInteger()
      case "sha256": sha256 = try scanner.nextText()
      default: try scanner.skipValue()
      }
    }
    guard let path, let sha256 else { return nil }
    return .init(path: path, sizeBytes: max(0, size ?? 0), sha256: WrittenDigest(sha256))
  }

  /// The question; nil when it is of a kind that this version does not know.
  func planned() throws(ManifestError) -> PlannedEntry? {
    let id = try id.required("id", line: line)
    let path = try path.required("path", line: line)
    guard let kind = try kind.required("kind", line: line) else { return nil }
    return PlannedEntry(
      id: id, kind: kind, argv: kind == .command ? argv : nil,
      origin: kind == .command ? nil : origin, path: path)
  }

  /// The result; nil when it is of a kind that this version does not know.
  func result() throws(ManifestError) -> EntryResult? {
    guard var planned = try planned() else { return nil }
    if planned.kind == .files { planned.origin = nil }
    return EntryResult(
      planned: planned, status: try status.required("status", line: line), exitCode: exitCode,
      signal: signal, durationMilliseconds: max(0, duration ?? 0), sizeBytes: max(0, size ?? 0),
      sha256: sha256, reading: reading ?? 1, standardError: standardError, liveDigest: liveDigest)
  }
}

extension EntryResult {
  /// Takes the result of a guest's configuration, as most are, in the form in which the collector writes
  /// it, and appends it; false for any other.
  static func take(_ members: inout WrittenMembers, to results: inout [EntryResult]) -> Bool {
    guard members.takes(#""id": "guest-configs", "kind": "files", "source": ""#),
      members.skipsText(), members.takes(#", "path": ""#), let path = members.text(),
      members.takes(#", "status": "collected", "exitCode": null, "signal": null, "durationMs": "#),
      let duration = members.number(), members.takes(#", "bytes": "#),
      let size = members.number(), members.takes(#", "sha256": ""#),
      let sha256 = members.digest(), members.takes(#", "reading": "#),
      let reading = members.number(), members.takes(#", "stderr": null"#)
    else { return false }
    let isLive = members.takes(#", "liveDigest": ""#)
    let liveDigest = isLive ? members.digest() : nil
    guard (liveDigest != nil) == isLive, members.takes("}") else { return false }
    results.append(
      EntryResult(
        planned: PlannedEntry(
          id: SourceID.guestConfigs.rawValue, kind: .files, argv: nil, origin: nil, path: path),
        status: .collected, durationMilliseconds: duration, sizeBytes: size,
        sha256: .digest(sha256), reading: reading, liveDigest: liveDigest.map { .digest($0) }))
    return true
  }
}

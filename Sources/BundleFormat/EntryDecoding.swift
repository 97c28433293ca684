/// What stands in one object of the plan or the results, before it is known to be enough.
struct EntryDraft {
  private var line: Int
  private var id, kind, origin, path, status, sha256, liveDigest: String?
  private var argv: [String]?
  private var exitCode, signal, duration, size, reading: Int?
  private var standardError: EntryResult.StandardError?

  /// Reads the objects of the array that comes next, and makes something of each; nothing when it is no
  /// array. The first object that lacks something is the failure.
  static func collect<Entry>(
    from scanner: inout JSONScanner, _ make: (EntryDraft) throws(ManifestError) -> Entry?
  ) throws(JSONError) -> Result<[Entry], ManifestError> {
    var entries: [Entry] = []
    var failure: ManifestError?
    try scanner.forEachObject { (scanner) throws(JSONError) in
      var draft = EntryDraft(line: scanner.line)
      try draft.readMembers(from: &scanner)
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

  /// Reads the members of an object that has begun, to its end.
  private mutating func readMembers(from scanner: inout JSONScanner) throws(JSONError) {
    if !scanner.takesWrittenMembers({ readWritten(&$0) }) { self = EntryDraft(line: line) }
    while try scanner.next() == .key { try readMember(from: &scanner) }
  }

  /// Reads a file's members as the collector writes them, up to where results begin to differ.
  private mutating func readWritten(_ members: inout WrittenMembers) -> Bool {
    guard members.takes(#""id": ""#) else { return false }
    id = members.text()
    guard id != nil, members.takes(#", "kind": ""#) else { return false }
    kind = members.text()
    guard kind != nil, members.takes(#", "source": ""#) else { return false }
    origin = members.text()
    guard origin != nil, members.takes(#", "path": ""#) else { return false }
    path = members.text()
    guard path != nil, members.takes(#", "status": ""#) else { return false }
    status = members.text()
    guard status != nil, members.takes(#", "exitCode": "#), members.takes(number: &exitCode),
      members.takes(#", "signal": "#), members.takes(number: &signal),
      members.takes(#", "durationMs": "#), members.takes(number: &duration),
      members.takes(#", "bytes": "#), members.takes(number: &size),
      members.takes(#", "sha256": ""#)
    else { return false }
    sha256 = members.text()
    guard sha256 != nil, members.takes(#", "reading": "#), members.takes(number: &reading) else {
      return false
    }
    // What most guests' configurations end with.
    if members.takes(#", "stderr": null, "liveDigest": ""#) {
      liveDigest = members.text()
      return liveDigest != nil
    }
    return true
  }

  // Compared as bytes, not as text: a big node's bundle has 10,000 of these objects.
  private mutating func readMember(from scanner: inout JSONScanner) throws(JSONError) {
    if scanner.matches("id") {
      id = try scanner.nextText()
    } else if scanner.matches("kind") {
      kind = try scanner.nextText()
    } else if scanner.matches("path") {
      path = try scanner.nextText()
    } else if scanner.matches("status") {
      status = try scanner.nextText()
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
      sha256 = try scanner.nextText()
    } else if scanner.matches("reading") {
      reading = try scanner.nextInteger()
    } else if scanner.matches("stderr") {
      standardError = try Self.standardError(from: &scanner)
    } else if scanner.matches("liveDigest") {
      liveDigest = try scanner.nextText()
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
    return .init(path: path, sizeBytes: max(0, size ?? 0), sha256: sha256)
  }

  /// The question; nil when it is of a kind that this version does not know.
  func planned() throws(ManifestError) -> PlannedEntry? {
    let id = try id.required("id", line: line)
    let path = try path.required("path", line: line)
    guard let kind = EntryKind(rawValue: try kind.required("kind", line: line)) else { return nil }
    return PlannedEntry(
      id: id, kind: kind, argv: kind == .command ? argv : nil,
      origin: kind == .command ? nil : origin, path: path)
  }

  /// The result; nil when it is of a kind that this version does not know.
  func result() throws(ManifestError) -> EntryResult? {
    guard let planned = try planned() else { return nil }
    let status = try status.required("status", line: line)
    return EntryResult(
      planned: planned,
      // A word of a later version is no word of an answer that can be relied on.
      status: EntryResult.Status(rawValue: status) ?? .failed, exitCode: exitCode, signal: signal,
      durationMilliseconds: max(0, duration ?? 0), sizeBytes: max(0, size ?? 0), sha256: sha256,
      reading: reading ?? 1, standardError: standardError, liveDigest: liveDigest)
  }
}

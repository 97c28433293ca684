/// What stands in one object of the plan or the results, before it is known to be enough.
struct EntryDraft {
  private var line: Int
  private var id, kind, origin, path, status, sha256, liveDigest: String?
  private var argv: [String]?
  private var exitCode, signal, duration, size, reading: Int?
  private var standardError: EntryResult.StandardError?

  /// Reads the array that comes next; none when the value is of another kind.
  static func array(from scanner: inout JSONScanner) throws(JSONError) -> [EntryDraft] {
    var drafts: [EntryDraft] = []
    try scanner.forEachObject { (scanner) throws(JSONError) in
      var draft = EntryDraft(line: scanner.line)
      while try scanner.next() == .key { try draft.readMember(from: &scanner) }
      drafts.append(draft)
    }
    return drafts
  }

  private init(line: Int) { self.line = line }

  private mutating func readMember(from scanner: inout JSONScanner) throws(JSONError) {
    switch scanner.text {
    case "id": id = try scanner.nextText()
    case "kind": kind = try scanner.nextText()
    case "argv": argv = try scanner.nextTexts()
    case "source": origin = try scanner.nextText()
    case "path": path = try scanner.nextText()
    case "status": status = try scanner.nextText()
    case "exitCode": exitCode = try scanner.nextInteger()
    case "signal": signal = try scanner.nextInteger()
    case "durationMs": duration = try scanner.nextInteger()
    case "bytes": size = try scanner.nextInteger()
    case "sha256": sha256 = try scanner.nextText()
    case "reading": reading = try scanner.nextInteger()
    case "stderr": standardError = try Self.standardError(from: &scanner)
    case "liveDigest": liveDigest = try scanner.nextText()
    default: try scanner.skipValue()
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
  fileprivate func planned() throws(ManifestError) -> PlannedEntry? {
    let id = try id.required("id", line: line)
    let path = try path.required("path", line: line)
    guard let kind = EntryKind(rawValue: try kind.required("kind", line: line)) else { return nil }
    return PlannedEntry(
      id: id, kind: kind, argv: kind == .command ? argv : nil,
      origin: kind == .command ? nil : origin, path: path)
  }

  /// The result; nil when it is of a kind that this version does not know.
  fileprivate func result() throws(ManifestError) -> EntryResult? {
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

extension [EntryDraft] {
  func planned() throws(ManifestError) -> [PlannedEntry] {
    var entries: [PlannedEntry] = []
    for draft in self {
      if let entry = try draft.planned() { entries.append(entry) }
    }
    return entries
  }

  func results() throws(ManifestError) -> [EntryResult] {
    var results: [EntryResult] = []
    results.reserveCapacity(count)
    for draft in self {
      if let result = try draft.result() { results.append(result) }
    }
    return results
  }
}

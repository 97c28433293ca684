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

  /// The members in the order in which the collector writes them.
  private enum Member: CaseIterable {
    case id, kind, argv, origin, path, status, exitCode, signal, duration, size, sha256, reading
    case standardError, liveDigest

    var key: StaticString {
      switch self {
      case .id: "id"
      case .kind: "kind"
      case .argv: "argv"
      case .origin: "source"
      case .path: "path"
      case .status: "status"
      case .exitCode: "exitCode"
      case .signal: "signal"
      case .duration: "durationMs"
      case .size: "bytes"
      case .sha256: "sha256"
      case .reading: "reading"
      case .standardError: "stderr"
      case .liveDigest: "liveDigest"
      }
    }
  }

  /// Reads the members of an object that has begun, to its end.
  private mutating func readMembers(from scanner: inout JSONScanner) throws(JSONError) {
    // A big node's bundle has 10,000 of these objects: the collector's order is tried first.
    for member in Member.allCases where scanner.takesKey(member.key) {
      try read(member, from: &scanner)
    }
    while try scanner.next() == .key {
      if let member = Member.allCases.first(where: { scanner.matches($0.key) }) {
        try read(member, from: &scanner)
      } else {
        try scanner.skipValue()
      }
    }
  }

  private mutating func read(
    _ member: Member, from scanner: inout JSONScanner
  ) throws(JSONError) {
    switch member {
    case .id: id = try scanner.nextText()
    case .kind: kind = try scanner.nextText()
    case .argv: argv = try scanner.nextTexts()
    case .origin: origin = try scanner.nextText()
    case .path: path = try scanner.nextText()
    case .status: status = try scanner.nextText()
    case .exitCode: exitCode = try scanner.nextInteger()
    case .signal: signal = try scanner.nextInteger()
    case .duration: duration = try scanner.nextInteger()
    case .size: size = try scanner.nextInteger()
    case .sha256: sha256 = try scanner.nextText()
    case .reading: reading = try scanner.nextInteger()
    case .standardError: standardError = try Self.standardError(from: &scanner)
    case .liveDigest: liveDigest = try scanner.nextText()
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

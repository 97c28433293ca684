import BundleFormat
import TestSupport
import Testing

@Suite struct ManifestTests {
  private let manifest = Manifest(
    tool: .init(name: "dmcollect", version: "1.0"),
    node: .init(
      name: "pve1", hostname: "pve1.example", machineID: "0123", bootID: nil, cluster: "kür"),
    collectedAt: Timestamp(secondsSinceEpoch: 1_795_377_240), redaction: .standard,
    entries: [
      .init(id: "lvs", kind: .command, argv: ["lvs", "-a"], origin: nil, path: "commands/lvs.out"),
      .init(
        id: "storage-cfg", kind: .file, argv: nil, origin: "/etc/pve/storage.cfg",
        path: "files/etc/pve/storage.cfg"),
    ])

  private var end: ManifestEnd {
    ManifestEnd(
      finishedAt: Timestamp(secondsSinceEpoch: 1_795_377_300),
      results: [
        EntryResult(
          planned: manifest.entries[0], status: .timedOut, signal: 9, durationMilliseconds: 20_000,
          sizeBytes: 3, sha256: .digest(SHA256.digest(of: [1, 2, 3])), reading: 2,
          standardError: .init(path: "commands/lvs.err", sizeBytes: 1, sha256: .other("ab"))),
        EntryResult(
          planned: manifest.entries[1], status: .collected, exitCode: 5,
          liveDigest: .other("cd")),
      ])
  }

  private func manifest(_ text: String) throws(ManifestError) -> Manifest {
    try Manifest(parsing: Array(text.utf8))
  }

  @Test func `a manifest has the contract's keys, a line a question`() {
    #expect(
      String(decoding: manifest.json, as: UTF8.self) == """
        {
          "format": 1,
          "tool": {"name": "dmcollect", "version": "1.0"},
          "node": {
            "name": "pve1",
            "hostname": "pve1.example",
            "machineID": "0123",
            "bootID": null,
            "cluster": "kür"
          },
          "collectedAt": "2026-11-22T19:54:00Z",
          "redaction": "standard",
          "entries": [
            {"id": "lvs", "kind": "command", "argv": ["lvs", "-a"], "path": "commands/lvs.out"},
            {"id": "storage-cfg", "kind": "file", "source": "/etc/pve/storage.cfg", \
        "path": "files/etc/pve/storage.cfg"}
          ]
        }

        """)
  }

  @Test func `a result has the contract's keys`() throws {
    let value = try JSONValue(parsing: end.json)
    let keys = try #require(value["results"]?.array?.map { $0.object?.members.map(\.key) })
    let common = ["status", "exitCode", "signal", "durationMs", "bytes", "sha256", "reading"]
    #expect(keys[0] == ["id", "kind", "argv", "path"] + common + ["stderr"])
    #expect(keys[1] == ["id", "kind", "source", "path"] + common + ["stderr", "liveDigest"])
  }

  @Test func `writing and reading undo each other`() throws {
    #expect(try Manifest(parsing: manifest.json) == manifest)
    #expect(try ManifestEnd(parsing: end.json) == end)
  }

  @Test func `unknown keys are ignored, and what may be absent is nil`() throws {
    let read = try manifest(
      """
      {"later": {"format": 9}, "format": 1, "tool": {"name": "t", "version": "1", "x": [1]},
       "node": {"name": "n", "hostname": "h", "y": {}}, "collectedAt": "2026-11-22T19:54:00Z",
       "redaction": "standard",
       "entries": [{"id": "tomorrow", "kind": "file", "path": "p", "z": [[1], {"id": "no"}]}, 7, [8]]}
      """)
    #expect(read.node.cluster == nil)
    #expect(read.entries.map(\.id) == ["tomorrow"])
    #expect(read.entries[0].source == nil)
    #expect(read.entries[0].origin == nil)
  }

  @Test func `results are found under entries, too, with defaults for what is absent`() throws {
    let end = try ManifestEnd(
      parsing: Array(
        """
        {"finishedAt": "2026-11-22T19:54:00Z", "entries": [
          {"id": "lvs", "kind": "command", "path": "p", "status": "collected", "stderr": null},
          {"id": "lvs", "kind": "command", "path": "p", "status": "pondering", "bytes": -5},
          {"id": "lvs", "kind": "oracle", "path": "p", "status": "collected"}]}
        """.utf8))
    #expect(end.results.map(\.status) == [.collected, .failed])
    #expect(end.results.map(\.reading) == [1, 1])
    #expect(end.results.map(\.sizeBytes) == [0, 0])
    #expect(end.results[0].planned.argv == nil)
  }

  private let sha256 = String(repeating: "ab", count: 32)
  private let liveDigest = String(repeating: "cd", count: 32)

  /// One result of one of many files as the collector writes it.
  private var written: String {
    """
    {"id": "guest-configs", "kind": "files", "source": "/etc/pve/1.conf", "path": "files/1.conf", \
    "status": "collected", "exitCode": null, "signal": null, "durationMs": 12, "bytes": 280, \
    "sha256": "\(sha256)", "reading": 2, "stderr": null, "liveDigest": "\(liveDigest)"}
    """
  }

  private func results(_ objects: String...) throws(ManifestError) -> [EntryResult] {
    let text = """
      {"finishedAt": "2026-11-22T19:54:00Z", "results": [
        \(objects.joined(separator: ",\n  "))
      ]}
      """
    return try ManifestEnd(parsing: Array(text.utf8)).results
  }

  private var read: EntryResult {
    EntryResult(
      planned: .init(
        id: "guest-configs", kind: .files, argv: nil, origin: nil, path: "files/1.conf"),
      status: .collected, durationMilliseconds: 12, sizeBytes: 280, sha256: WrittenDigest(sha256),
      reading: 2, liveDigest: WrittenDigest(liveDigest))
  }

  @Test(arguments: [
    ("\", \"", "\" ,\n\t\""), (": ", ":"), ("files/1", #"files\/1"#), ("null", " null"),
    (#""signal": null, "durationMs": 12"#, #""durationMs": 12, "signal": null"#),
    (#""signal": null, "#, ""), (#""source": "/etc/pve/1.conf", "#, ""), ("abab", #"\u0061bab"#),
    (#""id""#, #""later": {"id": "no"}, "id""#), (#""reading""#, #""bytes": 280, "reading""#),
    (#"{"id": "guest-configs""#, #"{"id": "first", "id": "guest-configs""#),
  ])
  func `a result in another form says the same`(written form: String, other: String) throws {
    let another = written.replacing(form, with: other)
    #expect(another != written)
    #expect(try results(written, another, written) == [read, read, read])
  }

  @Test(arguments: [
    ("280", "280.5"), ("280", "2e3"), ("280", "-7"), ("280", "9999999999999999999"),
    ("280", "\"280\""), ("280", "[280, {}]"), ("280", "null"), ("12", "{}"),
  ])
  func `a number that is none of ours is taken for absent`(number: String, other: String) throws {
    let result = try results(written.replacing(": \(number),", with: ": \(other),"), written)
    #expect(result[0].sizeBytes == (number == "280" ? 0 : 280))
    #expect(result[0].planned == read.planned)
    #expect(result[0].liveDigest == read.liveDigest)
    #expect(result[1] == read)
  }

  @Test func `what differs from most results is kept`() throws {
    let live = written.replacing(", \"liveDigest\": \"\(liveDigest)\"", with: "")
    let ended = written.replacing("\"signal\": null", with: "\"signal\": 9")
    let later = written.replacing("\"}", with: "\", \"later\": {\"reading\": 3}}")
    let odd = written.replacing(sha256, with: sha256.uppercased()).replacing("cdcd", with: "cd")
    let results = try results(live, ended, later, odd)
    #expect(results.map { $0.liveDigest == nil } == [true, false, false, false])
    #expect(results.map(\.signal) == [nil, 9, nil, nil])
    #expect(results[2] == read)
    #expect(results[3].sha256 == .other(sha256.uppercased()))
    #expect(results[3].liveDigest == .other(String(repeating: "cd", count: 16)))
  }

  @Test(arguments: [
    ("280", "0280"), ("280", "28 0"), ("abab", "a\u{01}b"), ("cd\"", "cd"),
    ("null", "nul"), ("ab\",", "ab\""), ("cd\"}", "cd\"]"), ("cd\"}", "cd\",}"),
  ])
  func `a result that is no JSON is refused`(part: String, other: String) {
    #expect(throws: ManifestError.self) {
      try results(written, written.replacing(part, with: other))
    }
  }

  @Test func `a redaction of a later version is taken as strict`() throws {
    let text = String(decoding: manifest.json, as: UTF8.self)
    #expect(try manifest(text.replacing("\"standard\"", with: "\"total\"")).redaction == .strict)
  }

  @Test func `a higher format is told before anything else is missed`() {
    #expect(throws: ManifestError.newerFormat(2)) { try manifest(#"{"entries": {}, "format": 2}"#) }
    #expect(ManifestError.newerFormat(2).description.contains("format 2"))
    #expect(throws: ManifestError.newerFormat(.max)) {
      try manifest(#"{"format": 99999999999999999999}"#)
    }
  }

  @Test(arguments: ["0", "-1", "-99999999999999999999", "1.5", "\"1\"", "null"])
  func `what is no format makes no manifest`(format: String) {
    #expect(throws: ManifestError.missing(key: "format", line: 1)) {
      try manifest("{\"format\": \(format)}")
    }
  }

  @Test(arguments: ["format", "tool", "name", "hostname", "collectedAt", "redaction", "id", "path"])
  func `a key that every manifest has is missed by name`(key: String) {
    let text = String(decoding: manifest.json, as: UTF8.self)
    #expect {
      try manifest(text.replacing("\"\(key)\"", with: "\"x\""))
    } throws: { error in
      guard case .missing(let missed, _)? = error as? ManifestError else { return false }
      return missed.contains(key)
    }
  }

  @Test func `a value of another kind is as good as none`() {
    let text = String(decoding: manifest.json, as: UTF8.self)
    #expect(throws: ManifestError.missing(key: "format", line: 1)) {
      try manifest(text.replacing("\"format\": 1", with: "\"format\": [1]"))
    }
    #expect(throws: ManifestError.missing(key: "collectedAt", line: 1)) {
      try manifest(text.replacing("2026-11-22T", with: "yesterday "))
    }
    #expect(throws: ManifestError.missing(key: "format", line: 1)) { try manifest("[]") }
  }

  @Test func `a result without status is an error with its line`() {
    let text = """
      {"finishedAt": "2026-11-22T19:54:00Z", "results": [
        {"id": "lvs", "kind": "command", "path": "p"}]}
      """
    #expect(throws: ManifestError.missing(key: "status", line: 2)) {
      try ManifestEnd(parsing: Array(text.utf8))
    }
  }

  @Test func `no damage to a manifest traps`() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<600 {
      var bytes = Bool.random(using: &generator) ? manifest.json : end.json
      for _ in 0..<2 {
        let position = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[position] = UInt8.random(in: 0...255, using: &generator)
      }
      _ = try? Manifest(parsing: bytes)
      _ = try? ManifestEnd(parsing: bytes)
    }
  }
}

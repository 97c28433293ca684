import BundleFormat

@testable import NodeState

/// A bundle put together from answers, for tests of what a snapshot makes of it.
struct BundleOfCaptures {
  private var entries: [BundleEntry] = []
  private var plan: [PlannedEntry] = []

  /// Adds an answer.
  mutating func add(
    _ source: SourceID, _ kind: EntryKind, _ text: String?, status: EntryResult.Status = .collected,
    exitCode: Int? = nil, signal: Int? = nil, reading: Int = 1, path: String? = nil,
    standardError: String = "", argv: [String]? = nil, isIntact: Bool = true,
    durationMilliseconds: Int = 5
  ) {
    let content = text.map { Array($0.utf8) }
    let planned = PlannedEntry(
      id: source.rawValue, kind: kind, argv: argv, origin: nil,
      path: path ?? (reading == 1 ? "" : "second/") + "commands/\(source.rawValue).out")
    plan.append(planned)
    entries.append(
      BundleEntry(
        result: EntryResult(
          planned: planned, status: status,
          exitCode: kind == .command && status == .collected && signal == nil
            ? exitCode ?? 0 : exitCode,
          signal: signal, durationMilliseconds: durationMilliseconds,
          sizeBytes: content?.count ?? 0, reading: reading),
        content: content, standardError: Array(standardError.utf8), isIntact: isIntact))
  }

  mutating func add(_ source: SourceID, _ kind: EntryKind, _ capture: Capture, reading: Int = 1) {
    add(source, kind, String(decoding: capture.bytes, as: UTF8.self), reading: reading)
  }

  var bundle: NodeBundle {
    NodeBundle(
      manifest: Manifest(
        tool: .init(name: "dmcollect", version: "1"),
        node: .init(
          name: "pve1", hostname: "pve1", machineID: nil, bootID: nil, cluster: nil),
        collectedAt: Timestamp(secondsSinceEpoch: 1_795_384_981), redaction: .standard,
        entries: plan),
      finishedAt: nil, entries: entries, sha256: nil, source: "test")
  }

  var snapshot: NodeSnapshot { NodeSnapshot(reading: bundle) }
}

extension NodeSnapshot {
  func status(of source: SourceID) -> SourceStatus? { sources.first { $0.id == source } }
}

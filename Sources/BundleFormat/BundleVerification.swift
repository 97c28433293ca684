/// Whether a bundle is whole: every entry against its hash, every question against its answer.
public struct BundleVerification: Hashable, Sendable {
  public let bundle: Identity
  /// In the order of the results, then what no result names.
  public let entries: [Entry]
  /// Planned questions without any result, by id.
  public let unanswered: [String]
  /// Required sources that cannot be relied on, in the order of the contract.
  public let lacking: [Lack]
  /// Optional sources that failed, in the order of the contract; of one that the node does not have nothing is said.
  public let failed: [Lack]

  /// What the bundle says it is.
  public struct Identity: Hashable, Sendable {
    public let source: String
    public let sha256: String?
    public let node: String
    public let collectedAt: Timestamp
  }

  public struct Entry: Hashable, Sendable {
    public let path: String
    public let state: State
  }

  public enum State: String, Hashable, Sendable, CaseIterable {
    /// The bytes are those that the manifest names, or it names none.
    case ok
    /// The bytes, or those of the standard error output, have another hash or size.
    case altered
    /// The manifest names bytes that are not there.
    case missing
    /// No result names the entry.
    case unlisted = "not in the manifest"
  }

  /// A source, and why there is nothing to judge by.
  public struct Lack: Hashable, Sendable {
    public let source: SourceID
    public let reason: String
  }

  public enum Verdict: Hashable, Sendable {
    /// All bytes are as collected, and every required source is there.
    case complete
    /// All bytes are as collected; a required source could not be.
    case incomplete
    /// Some bytes are not those that were collected.
    case altered
  }

  public var verdict: Verdict {
    if entries.contains(where: { $0.state != .ok }) { return .altered }
    return lacking.isEmpty ? .complete : .incomplete
  }

  /// Verifies a bundle that was read.
  public init(of bundle: NodeBundle) {
    self.bundle = Identity(
      source: bundle.source, sha256: bundle.sha256, node: bundle.manifest.node.name,
      collectedAt: bundle.manifest.collectedAt)
    entries =
      bundle.entries.map { Entry(path: $0.result.planned.path, state: Self.state(of: $0)) }
      + bundle.unlisted.map { Entry(path: $0, state: .unlisted) }
    let answered = Set(bundle.entries.map(\.result.planned.id))
    var seen: Set<String> = []
    unanswered = bundle.manifest.entries.map(\.id).filter {
      !answered.contains($0) && seen.insert($0).inserted
    }
    lacking = SourceID.required.compactMap { Self.lack(of: $0, in: bundle) }
    failed = SourceID.allCases.filter { !$0.isRequired }.compactMap { source in
      let results = (1...2).flatMap { bundle.positions(of: source, reading: $0) }
        .map { bundle.entries[$0].result }
      return results.first { [.failed, .timedOut, .truncated].contains($0.status) }
        .map { Lack(source: source, reason: $0.status.phrase) }
    }
  }

  private static func state(of entry: BundleEntry) -> State {
    if entry.isIntact { return .ok }
    return entry.content == nil ? .missing : .altered
  }

  private static func lack(of source: SourceID, in bundle: NodeBundle) -> Lack? {
    if let reason = flaw(of: source, reading: 1, in: bundle) {
      return Lack(source: source, reason: reason)
    }
    guard bundle.isReadTwice(source), let reason = flaw(of: source, reading: 2, in: bundle) else {
      return nil
    }
    return Lack(source: source, reason: "second reading: \(reason)")
  }

  private static func flaw(
    of source: SourceID, reading: Int, in bundle: NodeBundle
  ) -> String? {
    let entries = bundle.positions(of: source, reading: reading).map { bundle.entries[$0] }
    if entries.isEmpty { return "not asked" }
    for entry in entries {
      let result = entry.result
      if result.status != .collected { return result.status.phrase }
      if let end = result.badEnd() { return end }
    }
    return entries.first { !$0.isIntact }.map { state(of: $0).rawValue }
  }
}

extension EntryResult.Status {
  /// The status as a phrase behind a source's name.
  fileprivate var phrase: String {
    switch self {
    case .collected: "collected"
    case .missing: "missing on the node"
    case .failed: "failed"
    case .timedOut: "timed out"
    case .truncated: "truncated"
    case .skipped: "skipped"
    }
  }
}

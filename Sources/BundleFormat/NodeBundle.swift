/// One collection of one node, read whole and within limits.
public struct NodeBundle: Sendable {
  public let manifest: Manifest
  public let finishedAt: Timestamp?
  /// Every entry with what came of it, in the order of the results.
  public let entries: [BundleEntry]
  /// SHA-256 of the container's bytes as 64 hex digits; nil for a folder.
  public let sha256: String?
  /// What the bundle was called when it was opened: a file's name, or `-`.
  public let source: String
  /// Paths of entries that no result names, in the order of the container.
  public let unlisted: [String]

  /// Bytes of all entries' answers.
  public let sizeBytes: Int

  private let index: [SourceID: [Int]]

  public init(
    manifest: Manifest, finishedAt: Timestamp?, entries: [BundleEntry], sha256: String?,
    source: String, unlisted: [String] = []
  ) {
    self.manifest = manifest
    self.finishedAt = finishedAt
    self.entries = entries
    self.sha256 = sha256
    self.source = source
    self.unlisted = unlisted
    sizeBytes = entries.reduce(0) { $0 + ($1.content?.count ?? 0) }
    index = Self.index(of: entries)
  }

  /// The positions of each source's entries. Thousands of configurations follow each other: an id is
  /// looked up once for a run of them.
  private static func index(of entries: [BundleEntry]) -> [SourceID: [Int]] {
    var index: [SourceID: [Int]] = [:]
    var run: [Int] = []
    var id = ""
    func close() {
      guard !run.isEmpty, let source = SourceID(rawValue: id) else { return }
      index[source, default: []] += run
    }
    for (position, entry) in entries.enumerated() {
      if entry.result.planned.id != id {
        close()
        run.removeAll(keepingCapacity: true)
        id = entry.result.planned.id
      }
      run.append(position)
    }
    close()
    return index
  }

  /// Returns the positions in ``entries`` of all entries of a source and reading.
  public func positions(of source: SourceID, reading: Int = 1) -> [Int] {
    (index[source] ?? []).filter { entries[$0].result.reading == reading }
  }

  /// Whether the collector meant to read a source a second time.
  public func isReadTwice(_ source: SourceID) -> Bool {
    !positions(of: source, reading: 2).isEmpty
      || manifest.entries.contains { $0.source == source && $0.path.hasPrefix("second/") }
  }

  /// Returns the entry of a source that has one a reading; nil when the bundle has none.
  public func entry(of source: SourceID, reading: Int = 1) -> BundleEntry? {
    positions(of: source, reading: reading).first.map { entries[$0] }
  }
}

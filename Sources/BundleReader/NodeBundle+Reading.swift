import BundleFormat
import Glibc

extension NodeBundle {
  /// Reads a bundle whole, from an archive or a folder; nothing is written anywhere.
  ///
  /// - Parameter idleWork: Work for a second thread of an archive's reading while there is nothing to hash: a
  ///   part of it each time, and false when there is no more.
  /// - Throws: ``BundleError`` for what is no bundle, damaged, truncated, newer or beyond the limits. An
  ///   entry whose bytes disagree with its hash is no error: it is not intact.
  public init(
    reading source: BundleSource, within limits: ReadingLimits = .limits,
    idleWork: (() -> Bool)? = nil
  ) throws(BundleError) {
    switch source {
    case .standardInput:
      try self.init(
        descriptor: STDIN_FILENO, name: source.name, limits: limits, idleWork: idleWork)
    case .path(let path):
      let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
      guard descriptor >= 0 else { throw .unreadable(reason: String(cString: strerror(errno))) }
      defer { close(descriptor) }
      try self.init(
        descriptor: descriptor, name: source.name, limits: limits, idleWork: idleWork)
    }
  }

  private init(
    descriptor: CInt, name: String, limits: ReadingLimits, idleWork: (() -> Bool)?
  ) throws(BundleError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .unreadable(reason: String(cString: strerror(errno)))
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      let table = try FolderContainer(descriptor: descriptor, limits: limits).read()
      try self.init(table, isArchive: false, name: name)
    } else {
      var container = try ArchiveContainer(
        descriptor: descriptor, sizeBytes: Int(status.st_size), limits: limits, idleWork: idleWork)
      try self.init(try container.read(), isArchive: true, name: name)
    }
  }

  /// Joins the entries with what the manifest says of them.
  private init(_ table: EntryTable, isArchive: Bool, name: String) throws(BundleError) {
    guard let manifest = table.manifest else {
      throw .notABundle(reason: "it has no \(EntryTable.manifestPath)")
    }
    guard let end = table.position(of: EntryTable.endPath) else {
      throw .truncated(.after(table.entries.last?.path ?? EntryTable.manifestPath))
    }
    let results: ManifestEnd
    do throws(ManifestError) {
      results = try ManifestEnd(parsing: table.entries[end].content)
    } catch {
      throw .damaged(.inside(EntryTable.endPath), reason: error.description)
    }
    let join = EntryJoin(table, results.results)
    if let path = join.sharedPath {
      throw .damaged(
        .inside(EntryTable.endPath), reason: "two results name \(TerminalText.escaped(path))")
    }
    let digests = table.hashing.finish()
    self.init(
      manifest: manifest, finishedAt: results.finishedAt,
      entries: join.entries(by: digests.entries),
      sha256: isArchive ? digests.container.hex : nil, source: name, unlisted: join.unlisted)
  }
}

import BundleFormat

/// Joins results with the bytes that they name.
struct EntryJoin {
  private let table: EntryTable
  private let digests: [Digest]
  private var isNamed: [Bool]
  /// The position behind the entry that was found last.
  private var next = 0

  /// - Parameter digests: Those of the table's entries, in its order.
  init(_ table: EntryTable, digests: [Digest]) {
    self.table = table
    self.digests = digests
    isNamed = Array(repeating: false, count: table.entries.count)
  }

  /// The paths of entries that no result named so far, in the order of the container.
  var unlisted: [String] {
    zip(table.entries, isNamed).compactMap { entry, isNamed in
      let isManifest = entry.path == EntryTable.manifestPath || entry.path == EntryTable.endPath
      return isNamed || isManifest ? nil : entry.path
    }
  }

  /// Finds the bytes of a result, and whether they are those that the collector wrote.
  mutating func entry(for result: EntryResult) -> BundleEntry {
    let position = find(result.planned.path)
    var isIntact = agrees(position, sha256: result.sha256, sizeBytes: result.sizeBytes)
    // A question of many files that found none has nothing to show; any other answer has its bytes.
    if position == nil && result.status == .collected && result.planned.kind != .files {
      isIntact = false
    }
    var standardError: [UInt8] = []
    if let expected = result.standardError {
      let position = find(expected.path)
      let agrees = agrees(position, sha256: expected.sha256, sizeBytes: expected.sizeBytes)
      isIntact = isIntact && agrees
      if let position { standardError = table.entries[position].content }
    }
    return BundleEntry(
      result: result, content: position.map { table.entries[$0].content },
      standardError: standardError, isIntact: isIntact)
  }

  /// Results come in the order of the entries, or nearly so: the next one is looked at first.
  private mutating func find(_ path: String) -> Int? {
    let isNext = next < table.entries.count && table.entries[next].path == path
    guard let position = isNext ? next : table.position(of: path) else { return nil }
    next = position + 1
    return position
  }

  private mutating func agrees(_ position: Int?, sha256: String?, sizeBytes: Int) -> Bool {
    guard let position else { return sha256 == nil }
    isNamed[position] = true
    guard let sha256 else { return false }
    return table.entries[position].content.count == sizeBytes
      && digests[position].isWritten(as: sha256)
  }
}

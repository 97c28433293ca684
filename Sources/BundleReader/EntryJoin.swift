import BundleFormat

/// Joins results with the bytes that they name.
struct EntryJoin {
  private let table: EntryTable
  private let results: [EntryResult]
  /// Where each result's bytes are.
  private var places: [Place] = []
  private var isNamed: [Bool]
  /// An entry that two results name; nil where there is none. Each would have its bytes read.
  private(set) var sharedPath: String?
  /// The position behind the entry that was found last.
  private var next = 0

  /// The positions of a result's entries in the table; nil for one that is not there.
  private struct Place {
    let content: Int?
    let standardError: Int?
  }

  /// Finds the entries; that takes no digests, which may be still under way.
  init(_ table: EntryTable, _ results: [EntryResult]) {
    self.table = table
    self.results = results
    isNamed = Array(repeating: false, count: table.entries.count)
    places.reserveCapacity(results.count)
    // By position: an element of its own would be a copy.
    for index in results.indices {
      places.append(
        Place(
          content: find(results[index].planned.path),
          standardError: results[index].standardError.flatMap { find($0.path) }))
    }
  }

  /// The paths of entries that no result names, in the order of the container.
  var unlisted: [String] {
    zip(table.entries, isNamed).compactMap { entry, isNamed in
      isNamed || EntryTable.isManifest(entry.path) ? nil : entry.path
    }
  }

  /// Every result with its bytes, and whether they are those that the collector wrote.
  func entries(by digests: EntryDigests) -> [BundleEntry] {
    results.indices.map { index in
      let (result, place) = (results[index], places[index])
      var isIntact = agrees(place.content, result.sha256, result.sizeBytes, by: digests)
      // A question of many files that found none has nothing to show; any other answer has its bytes.
      if place.content == nil && result.status == .collected && result.planned.kind != .files {
        isIntact = false
      }
      if let expected = result.standardError {
        let agrees = agrees(place.standardError, expected.sha256, expected.sizeBytes, by: digests)
        isIntact = isIntact && agrees
      }
      return BundleEntry(
        result: result, content: place.content.map { table.entries[$0].content },
        standardError: place.standardError.map { table.entries[$0].content } ?? [],
        isIntact: isIntact)
    }
  }

  /// Results come in the order of the entries, or nearly so: the next one is looked at first.
  private mutating func find(_ path: String) -> Int? {
    let isNext = next < table.entries.count && table.entries[next].path == path
    guard let position = isNext ? next : table.position(of: path) else { return nil }
    next = position + 1
    if isNamed[position] { sharedPath = sharedPath ?? path }
    isNamed[position] = true
    return position
  }

  private func agrees(
    _ position: Int?, _ sha256: WrittenDigest?, _ sizeBytes: Int, by digests: EntryDigests
  ) -> Bool {
    guard let position else { return sha256 == nil }
    guard case .digest(let digest) = sha256 else { return false }
    let content = table.entries[position].content
    return content.count == sizeBytes && digests.digest(of: content, at: position) == digest
  }
}

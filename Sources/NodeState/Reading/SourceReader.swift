import BundleFormat

/// Reads a bundle's sources one by one, and keeps what became of each.
struct SourceReader: Sendable {
  let bundle: NodeBundle
  private var statuses: [SourceID: SourceStatus] = [:]

  init(_ bundle: NodeBundle) { self.bundle = bundle }

  /// An entry that can be used: its bytes and where they are from.
  struct Text {
    let bytes: [UInt8]
    let origin: EntryOrigin
    let argv: [String]?
  }

  /// Returns the answer to a question that has one, or why there is none.
  ///
  /// - Parameter reading: 2 for the second reading, which says nothing of the source's status unless
  ///   it was taken and failed.
  mutating func text(
    of source: SourceID, reading: Int = 1, acceptingExitCodes accepted: [Int] = [0]
  ) -> Observed<Text> {
    let positions = bundle.positions(of: source, reading: reading)
    guard let position = positions.first else {
      return fault(EntryFault(.missing, "not in the bundle"), of: source, reading: reading)
    }
    guard positions.count == 1 else {
      return fault(EntryFault(.broken, "answered more than once"), of: source, reading: reading)
    }
    let entry = bundle.entries[position]
    if let entryFault = EntryFault(of: entry, acceptingExitCodes: accepted) {
      return fault(entryFault, of: source, reading: reading)
    }
    if reading == 1 { note(SourceStatus(id: source, status: .present, detail: nil)) }
    return .present(text(at: position))
  }

  /// Returns an entry's bytes, whatever became of it.
  func text(at position: Int) -> Text {
    let entry = bundle.entries[position]
    return Text(
      bytes: entry.content ?? [],
      origin: EntryOrigin(entry: position, path: entry.result.planned.path),
      argv: entry.result.planned.argv)
  }

  /// Reads a source that has one entry.
  mutating func read<Value>(
    _ source: SourceID, reading: Int = 1, acceptingExitCodes accepted: [Int] = [0],
    _ parse: (Text) throws(ParseError) -> Value
  ) -> Observed<Value> {
    switch text(of: source, reading: reading, acceptingExitCodes: accepted) {
    case .unavailable(let gap): return .unavailable(gap)
    case .present(let text):
      do throws(ParseError) {
        return .present(try parse(text))
      } catch {
        return fault(EntryFault(.broken, error.description), of: source, reading: reading)
      }
    }
  }

  /// Reads a source's second reading: what repeats the first byte by byte says the same.
  mutating func readAgain<Value>(
    _ source: SourceID, first: Observed<Value>, _ parse: (Text) throws(ParseError) -> Value
  ) -> Observed<Value> {
    guard case .present = first, let earlier = bundle.entry(of: source)?.content,
      let later = bundle.entry(of: source, reading: 2)?.content, later == earlier
    else { return read(source, reading: 2, parse) }
    switch text(of: source, reading: 2) {
    case .unavailable(let gap): return .unavailable(gap)
    case .present: return first
    }
  }

  /// Reads a source of which a file that does not exist says that there is nothing.
  mutating func readUnlessMissing<Value>(
    _ source: SourceID, else nothing: Value, _ parse: (Text) throws(ParseError) -> Value
  ) -> Observed<Value> {
    let value = read(source, parse)
    let isAbsentFile =
      bundle.entry(of: source).map { $0.result.status == .missing && $0.isIntact } ?? false
    return isAbsentFile ? .present(nothing) : value
  }

  /// Returns the usable files of a source that has several; one that isn't leaves a note.
  mutating func files(of source: SourceID) -> [Text] {
    let positions = bundle.positions(of: source)
    var texts: [Text] = []
    var firstFault = positions.isEmpty ? EntryFault(.missing, "not in the bundle") : nil
    for position in positions {
      if let fault = EntryFault(of: bundle.entries[position]) {
        firstFault = firstFault ?? fault
      } else if bundle.entries[position].content != nil {
        texts.append(text(at: position))
      }
    }
    let status = texts.isEmpty ? firstFault?.status ?? .present : .present
    note(SourceStatus(id: source, status: status, detail: firstFault?.reason))
    return texts
  }

  /// Returns the gap of a source that failed, and keeps its status.
  mutating func fault<Value>(
    _ fault: EntryFault, of source: SourceID, reading: Int
  ) -> Observed<Value> {
    if reading == 1 {
      note(SourceStatus(id: source, status: fault.status, detail: fault.reason))
    } else if statuses[source]?.status == .present, bundle.isReadTwice(source) {
      note(
        SourceStatus(id: source, status: fault.status, detail: "second reading: \(fault.reason)"))
    }
    return .unavailable(Gap(source: source, reason: fault.reason))
  }

  /// Keeps what became of a source.
  mutating func note(_ status: SourceStatus) { statuses[status.id] = status }

  /// Returns a reader that knows what all of some know, which read different sources.
  static func joining(_ readers: [SourceReader]) -> SourceReader {
    var joined = readers[0]
    for other in readers.dropFirst() {
      joined.statuses.merge(other.statuses) { _, theirs in theirs }
    }
    return joined
  }

  /// What became of every source, in the order of ``SourceID``.
  var allStatuses: [SourceStatus] { SourceID.allCases.compactMap { statuses[$0] } }
}

import BundleFormat

/// Reads the guests' configurations of one reading.
struct ConfigurationReader {
  private(set) var configurations: Observed<[GuestConfiguration]>
  private(set) var unread: [UnreadConfiguration] = []
  /// Whether a file names a path, which a link may lead to.
  private(set) var hasPaths = false
  /// The entries of this reading, in the order of the bundle.
  private let positions: [Int]
  /// What was read of them, in that order too.
  private var read: [GuestConfiguration] = []
  private var machineLines = KnownLines()
  private var containerLines = KnownLines()

  private static let source = SourceID.guestConfigs

  /// - Parameter first: The first reading: a file that is still the same is not parsed again.
  init(_ sources: inout SourceReader, reading: Int, first: ConfigurationReader? = nil) {
    positions = sources.bundle.positions(of: Self.source, reading: reading)
    configurations = .present([])
    if positions.isEmpty {
      configurations = sources.fault(
        EntryFault(.missing, "not in the bundle"), of: Self.source, reading: reading)
      return
    }
    readFiles(&sources, reading: reading, first: first)
  }

  private mutating func readFiles(
    _ sources: inout SourceReader, reading: Int, first: ConfigurationReader?
  ) {
    var repetition = first.map { Repetition(of: $0.read, in: sources.bundle) }
    read.reserveCapacity(positions.count)
    for position in positions {
      let entry = sources.bundle.entries[position]
      if let known = repetition?.configuration(of: entry) {
        read.append(known)
        continue
      }
      let path = entry.result.planned.path
      guard let file = ConfigurationFile(entryPath: path) else {
        let isQuestion = sources.bundle.manifest.entries.contains { $0.path == path }
        if isQuestion, let fault = EntryFault(of: entry) {
          configurations = sources.fault(fault, of: Self.source, reading: reading)
          return
        }
        // The question itself as an answer: asked, and no file was there. Or somebody's file, such as
        // 100-old.conf, which PVE doesn't look at; a guest of .vmlist without its own is missed by that.
        continue
      }
      if let configuration = parse(file, at: position, in: sources) { read.append(configuration) }
    }
    let isSorted = zip(read, read.dropFirst()).allSatisfy { $0.id < $1.id }
    configurations = .present(
      isSorted ? read : read.sorted { $0.id == $1.id ? $0.path < $1.path : $0.id < $1.id })
    noteStatus(&sources, reading: reading)
  }

  /// Reads a file; nil, and a note of it, for one that cannot be.
  private mutating func parse(
    _ file: ConfigurationFile, at position: Int, in sources: SourceReader
  ) -> GuestConfiguration? {
    let entry = sources.bundle.entries[position]
    if let fault = EntryFault(of: entry) {
      unread.append(UnreadConfiguration(id: file.id, path: file.path, reason: fault.reason))
      return nil
    }
    let text = sources.text(at: position)
    do throws(ParseError) {
      let bytes = text.bytes.span
      let draft =
        switch file.kind {
        case .virtualMachine:
          try MachineConfiguration.parse(bytes, from: text.origin, knowing: &machineLines)
        case .container:
          try ContainerConfiguration.parse(bytes, from: text.origin, knowing: &containerLines)
        }
      let configuration = draft.configuration(
        of: file, origin: text.origin, size: text.bytes.count, liveDigest: entry.result.liveDigest)
      hasPaths = hasPaths || configuration.hasPaths
      return configuration
    } catch {
      unread.append(
        UnreadConfiguration(id: file.id, path: file.path, reason: error.description))
      return nil
    }
  }

  private func noteStatus(_ sources: inout SourceReader, reading: Int) {
    guard let first = unread.first else {
      if reading == 1 {
        sources.note(SourceStatus(id: Self.source, status: .present, detail: nil))
      }
      return
    }
    let share = "\(unread.count) of \(positions.count) files could not be read"
    let _: Observed<[GuestConfiguration]> = sources.fault(
      EntryFault(.broken, "\(share): \(first.path): \(first.reason)"), of: Self.source,
      reading: reading)
  }
}

import BundleFormat

/// Reads the guests' configurations of one reading.
struct ConfigurationReader {
  private(set) var configurations: Observed<[GuestConfiguration]>
  private(set) var unread: [UnreadConfiguration] = []
  /// Where each configuration's entry is, by its path below `/etc/pve`.
  private var known: [String: (position: Int, configuration: GuestConfiguration)] = [:]

  /// - Parameter first: The first reading: a file that is still the same is not parsed again.
  init(_ sources: inout SourceReader, reading: Int, first: ConfigurationReader? = nil) {
    let source = SourceID.guestConfigs
    let positions = sources.bundle.positions(of: source, reading: reading)
    guard !positions.isEmpty else {
      configurations = sources.fault(
        EntryFault(.missing, "not in the bundle"), of: source, reading: reading)
      return
    }
    configurations = .present([])
    var found: [GuestConfiguration] = []
    found.reserveCapacity(positions.count)
    known.reserveCapacity(positions.count)
    for position in positions {
      let entry = sources.bundle.entries[position]
      let path = entry.result.planned.path
      guard let file = ConfigurationFile(entryPath: path) else {
        guard sources.bundle.manifest.entries.contains(where: { $0.path == path }) else {
          unread.append(
            UnreadConfiguration(id: nil, path: path, reason: "is no guest's configuration"))
          continue
        }
        if let fault = EntryFault(of: entry) {
          configurations = sources.fault(fault, of: source, reading: reading)
          return
        }
        // Asked, and none was there.
        continue
      }
      switch Self.read(file, at: position, in: sources, first: first) {
      case .success(let configuration):
        known[file.path] = (position, configuration)
        found.append(configuration)
      case .failure(let reason):
        unread.append(
          UnreadConfiguration(id: file.id, path: file.path, reason: reason.description))
      }
    }
    found.sort { ($0.id, $0.path) < ($1.id, $1.path) }
    configurations = .present(found)
    noteStatus(&sources, reading: reading, count: positions.count)
  }

  private func noteStatus(_ sources: inout SourceReader, reading: Int, count: Int) {
    guard let first = unread.first else {
      if reading == 1 {
        sources.note(SourceStatus(id: .guestConfigs, status: .present, detail: nil))
      }
      return
    }
    let detail =
      "\(unread.count) of \(count) files could not be read: \(first.path): \(first.reason)"
    let _: Observed<[GuestConfiguration]> = sources.fault(
      EntryFault(.broken, detail), of: .guestConfigs, reading: reading)
  }

  private struct Reason: Error, CustomStringConvertible {
    let description: String
  }

  private static func read(
    _ file: ConfigurationFile, at position: Int, in sources: SourceReader,
    first: ConfigurationReader?
  ) -> Result<GuestConfiguration, Reason> {
    let entry = sources.bundle.entries[position]
    if let fault = EntryFault(of: entry) { return .failure(Reason(description: fault.reason)) }
    let text = sources.text(at: position)
    if let (before, configuration) = first?.known[file.path],
      let bytes = sources.bundle.entries[before].content, text.bytes.isSame(as: bytes),
      configuration.liveDigest == entry.result.liveDigest
    {
      return .success(configuration)
    }
    do throws(ParseError) {
      let bytes = text.bytes.span
      let draft =
        switch file.kind {
        case .virtualMachine: try MachineConfiguration.parse(bytes, from: text.origin)
        case .container: try ContainerConfiguration.parse(bytes, from: text.origin)
        }
      return .success(
        draft.configuration(
          of: file, origin: text.origin, size: text.bytes.count,
          liveDigest: entry.result.liveDigest))
    } catch {
      return .failure(Reason(description: error.description))
    }
  }
}

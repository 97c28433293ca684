/// The guests whose processes were started with devices or hold them, by the devices' paths.
public struct HeldPaths: Sendable {
  private let guests: TextIndex<GuestID>

  /// - Parameter processes: Of several that have one path, the first counts.
  public init(_ processes: [MachineProcess]) {
    var content: [UInt8] = []
    for process in processes {
      if case .list(let list, _) = process.listedPaths { content = list }
      if !content.isEmpty { break }
    }
    var guests = TextIndex<GuestID>(of: content)
    for process in processes {
      guard let id = process.id else { continue }
      // All lists stand in one entry.
      if case .list(content, var form) = process.listedPaths {
        _ = form.list(in: content.span) { guests.set($0, to: id, unlessPresent: true) }
      } else {
        for path in process.paths { guests.set(path, to: id, unlessPresent: true) }
      }
    }
    self.guests = guests
  }

  /// The guest whose process has a path; nil when none has.
  public subscript(path: String) -> GuestID? { guests[path] }
}

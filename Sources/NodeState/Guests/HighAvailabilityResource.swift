/// A guest that PVE's high availability manages: it may start, stop and move it at any time.
///
/// Source: `/etc/pve/ha/resources.cfg`, ha-manager(1).
public struct HighAvailabilityResource: Hashable, Sendable {
  public let id: GuestID
  /// The state that is asked for: `started`, `stopped`, `disabled`, `ignored`; `started` unless given.
  public let state: String
  /// The line of the section's heading.
  public let location: SourceLocation

  public init(id: GuestID, state: String, location: SourceLocation) {
    self.id = id
    self.state = state
    self.location = location
  }

  /// Whether high availability acts on the guest at all.
  public var isManaged: Bool { state != "ignored" }
}

extension HighAvailabilityResource {
  /// Reads the guests of one file; `groups.cfg` and `rules.cfg` have none.
  ///
  /// A section is `vm: 100` or `ct: 100` at the margin, with indented keys below it.
  static func parse(
    _ bytes: Span<UInt8>, from origin: EntryOrigin
  ) -> [HighAvailabilityResource] {
    var resources: [HighAvailabilityResource] = []
    var open: (id: GuestID, state: String, location: SourceLocation)?
    func close(_ section: (id: GuestID, state: String, location: SourceLocation)?) {
      guard let section else { return }
      resources.append(
        HighAvailabilityResource(
          id: section.id, state: section.state, location: section.location))
    }
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      let isIndented = line.first.map { bytes[$0].isBlank } ?? false
      var fields = FieldWalk(line)
      guard let first = fields.next(in: bytes) else { continue }
      let second = fields.next(in: bytes)
      if isIndented {
        if bytes.equals(first, "state"), let second { open?.state = bytes.text(second) }
        continue
      }
      close(open)
      open = nil
      if bytes.equals(first, "vm:") || bytes.equals(first, "ct:"), let second,
        let id = bytes.guestID(second)
      {
        open = (id, "started", origin.location(lines.number, line))
      }
    }
    close(open)
    return resources
  }
}

/// A guest as `qm list` or `pct list` prints it: a cross-check of what the node's files say.
public struct ListedGuest: Hashable, Sendable {
  public let id: GuestID
  public let kind: GuestKind
  public let name: String
  /// `running`, `stopped`, or with `qm list --full` QEMU's own state.
  public let status: String
  /// Of a virtual machine; nil when it doesn't run.
  public let pid: Int?
  public let location: SourceLocation

  /// Whether a process of the guest exists: anything but `stopped` means so.
  public var isRunning: Bool { status != "stopped" }

  public init(
    id: GuestID, kind: GuestKind, name: String, status: String, pid: Int?,
    location: SourceLocation
  ) {
    self.id = id
    self.kind = kind
    self.name = name
    self.status = status
    self.pid = pid
    self.location = location
  }
}

extension ListedGuest {
  /// Reads `qm list`: no line at all, or a heading and one line a virtual machine.
  ///
  /// The name may hold a blank (`VM 100`), and a long one shifts the columns: a line is read from both
  /// ends. Source: qemu-server `CLI/qm.pm`.
  ///
  /// - Throws: ``ParseError`` for any other line.
  static func parseMachines(
    _ bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) -> [ListedGuest] {
    try origin.requireWholeLines(bytes)
    var guests: [ListedGuest] = []
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      var fields = FieldWalk(line)
      let first = fields.next(in: bytes) ?? line
      if lines.number == 1, bytes.equals(first, "VMID") { continue }
      guard let id = bytes.guestID(first),
        let pid = fields.last(in: bytes).flatMap({ bytes.integer($0) }),
        fields.last(in: bytes) != nil, fields.last(in: bytes) != nil,
        let status = fields.last(in: bytes), case let name = bytes.trimmed(fields.rest),
        !name.isEmpty
      else { throw origin.expected("a virtual machine", in: bytes, line, line: lines.number) }
      guests.append(
        ListedGuest(
          id: id, kind: .virtualMachine, name: bytes.text(name), status: bytes.text(status),
          pid: pid > 0 ? pid : nil, location: origin.location(lines.number, line)))
    }
    return guests
  }

  /// Reads `pct list`: no line at all, or a heading and one line a container.
  ///
  /// The lock's column is mostly blank. Source: pve-container `CLI/pct.pm`.
  ///
  /// - Throws: ``ParseError`` for any other line.
  static func parseContainers(
    _ bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) -> [ListedGuest] {
    try origin.requireWholeLines(bytes)
    var guests: [ListedGuest] = []
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      var walk = FieldWalk(line)
      let fields = walk.all(in: bytes)
      if let first = fields.first, lines.number == 1, bytes.equals(first, "VMID") { continue }
      guard fields.count == 3 || fields.count == 4, let id = bytes.guestID(fields[0]) else {
        throw origin.expected("a container", in: bytes, line, line: lines.number)
      }
      guests.append(
        ListedGuest(
          id: id, kind: .container, name: bytes.text(fields[fields.count - 1]),
          status: bytes.text(fields[1]), pid: nil, location: origin.location(lines.number, line)))
    }
    return guests
  }
}

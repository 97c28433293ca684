/// A session with an iSCSI target. Source: `iscsiadm -m session`, iscsiadm(8).
public struct ISCSISession: Hashable, Sendable {
  /// `192.0.2.10:3260,1`, the address and the portal group's tag.
  public let portal: String
  /// `iqn.2001-05.com.example:array1`
  public let target: String
  public let location: SourceLocation

  public init(portal: String, target: String, location: SourceLocation) {
    self.portal = portal
    self.target = target
    self.location = location
  }
}

extension ISCSISession {
  /// Reads all sessions: `tcp: [1] 192.0.2.10:3260,1 iqn.2001-05.com.example:array1 (non-flash)`.
  ///
  /// - Throws: ``ParseError`` for a line of another form.
  static func parse(
    _ bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) -> [ISCSISession] {
    try origin.requireWholeLines(bytes)
    var sessions: [ISCSISession] = []
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      var walk = FieldWalk(line)
      let fields = walk.all(in: bytes)
      if fields.isEmpty { continue }
      guard fields.count >= 4, bytes[fields[0].upperBound - 1] == UInt8(ascii: ":"),
        bytes[fields[1].lowerBound] == UInt8(ascii: "[")
      else { throw origin.expected("an iSCSI session", in: bytes, line, line: lines.number) }
      sessions.append(
        ISCSISession(
          portal: bytes.text(fields[2]), target: bytes.text(fields[3]),
          location: origin.location(lines.number, line)))
    }
    return sessions
  }
}

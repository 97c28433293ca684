extension ContainerSocket {
  /// Reads the running containers from the lines of `/proc/net/unix` that name their sockets.
  ///
  /// `0000000089cac694: 00000002 00000000 00010000 0001 01  2796 @/var/lib/lxc/110/command`;
  /// a container has several while someone is connected, and is returned once.
  ///
  /// - Throws: ``ParseError`` for a line without such a path.
  static func parse(
    _ bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) -> [ContainerSocket] {
    try origin.requireWholeLines(bytes)
    var sockets: [ContainerSocket] = []
    var seen: Set<GuestID> = []
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      guard let start = bytes.firstIndex(of: "@/var/lib/lxc/", in: line) else {
        throw origin.expected("a container's socket", in: bytes, line, line: lines.number)
      }
      let rest = (start + 14)..<line.upperBound
      guard let slash = bytes.firstIndex(of: UInt8(ascii: "/"), in: rest),
        bytes.equals((slash + 1)..<line.upperBound, "command"),
        let id = bytes.guestID(rest.lowerBound..<slash), seen.insert(id).inserted
      else { continue }
      sockets.append(ContainerSocket(id: id, location: origin.location(lines.number, line)))
    }
    return sockets
  }
}

extension MultipathMember {
  /// Reads the paths of all multipath maps.
  ///
  /// Source: `multipath -ll`. A map's line begins at the margin and names its `dm-N`; a path's line is
  /// drawn below it: `| `- 3:0:0:1 sdb 8:16 active ready running`.
  ///
  /// - Throws: ``ParseError`` for a path without a map.
  static func parse(
    _ bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) -> [MultipathMember] {
    try origin.requireWholeLines(bytes)
    var members: [MultipathMember] = []
    var map: String?
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      guard let first = line.first else { continue }
      var walk = FieldWalk(line)
      let fields = walk.all(in: bytes)
      if PVEName.isAlphanumeric(bytes[first]) {
        for field in fields where bytes.starts(field, with: "dm-") { map = bytes.text(fields[0]) }
        continue
      }
      guard let device = path(fields, in: bytes) else { continue }
      guard let map else {
        throw origin.expected("a multipath map", in: bytes, line, line: lines.number)
      }
      members.append(
        MultipathMember(map: map, device: device, location: origin.location(lines.number, line)))
    }
    return members
  }

  /// The device number of `… 3:0:0:1 sdb 8:16 …`; nil for a line that is no path's.
  private static func path(_ fields: [Range<Int>], in bytes: Span<UInt8>) -> DeviceNumber? {
    for index in fields.indices.dropFirst(2) {
      guard let device = bytes.device(fields[index]) else { continue }
      var parts = PartWalk(fields[index - 2], by: UInt8(ascii: ":"))
      var count = 0
      while parts.next(in: bytes) != nil { count += 1 }
      if count == 4 || bytes.equals(fields[index - 2], "#:#:#:#") { return device }
    }
    return nil
  }
}

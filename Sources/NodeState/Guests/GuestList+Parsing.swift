import BundleFormat

extension GuestList {
  /// Reads `/etc/pve/.vmlist`: `{"version":N,"ids":{"100":{"node":"n1","type":"qemu","version":V}}}`;
  /// there is no `ids` on a cluster without guests.
  ///
  /// - Throws: ``ParseError`` for anything else: a guest that is lost here would look deleted.
  static func parse(_ bytes: [UInt8], from origin: EntryOrigin) throws(ParseError) -> GuestList {
    if let guests = guests(laidOut: bytes.span) { return GuestList(guests: guests) }
    var scanner = JSONScanner(bytes)
    let guests: [Entry]?
    do throws(JSONError) {
      guests = try document(&scanner)
    } catch {
      throw .malformedJSON(problem: error.reason, path: origin.path, line: error.line)
    }
    guard let guests else {
      throw .expected(
        "a version, and guests with number, node and type", found: "something else",
        path: origin.path, line: scanner.line)
    }
    return GuestList(guests: guests)
  }

  /// Returns the guests; nil for a document that is no guest list.
  private static func document(_ scanner: inout JSONScanner) throws(JSONError) -> [Entry]? {
    guard try scanner.next() == .beginObject else { return nil }
    var hasVersion = false
    var guests: [Entry]?
    while try scanner.next() == .key {
      if scanner.matches("ids") {
        guard guests == nil, let list = try list(&scanner) else { return nil }
        guests = list
      } else {
        hasVersion = hasVersion || scanner.matches("version")
        try scanner.skipValue()
      }
    }
    guard try scanner.next() == .end, hasVersion else { return nil }
    return guests ?? []
  }

  private static func list(_ scanner: inout JSONScanner) throws(JSONError) -> [Entry]? {
    guard try scanner.next() == .beginObject else { return nil }
    var guests: [Entry] = []
    var seen: Set<GuestID> = []
    while try scanner.next() == .key {
      guard let id = GuestID(scanner.text), seen.insert(id).inserted,
        let guest = try guest(id, &scanner)
      else { return nil }
      guests.append(guest)
    }
    return guests
  }

  private static func guest(
    _ id: GuestID, _ scanner: inout JSONScanner
  ) throws(JSONError) -> Entry? {
    guard try scanner.next() == .beginObject else { return nil }
    var node: String?
    var kind: GuestKind?
    while try scanner.next() == .key {
      if scanner.matches("node") {
        guard try scanner.next() == .string else { return nil }
        node = scanner.text
      } else if scanner.matches("type") {
        guard try scanner.next() == .string else { return nil }
        kind = self.kind(in: scanner)
      } else {
        try scanner.skipValue()
      }
    }
    guard let node, !node.isEmpty, let kind else { return nil }
    return Entry(id: id, node: node, kind: kind)
  }

  /// Source: pve-cluster `status.c`, `vmlist_to_str`.
  private static func kind(in scanner: JSONScanner) -> GuestKind? {
    if scanner.matches("qemu") { return .virtualMachine }
    return scanner.matches("lxc") || scanner.matches("openvz") ? .container : nil
  }
}

extension GuestList {
  /// Reads the list as pmxcfs lays it out, one guest a line; nil for any other text.
  ///
  /// A cluster has thousands of guests, and this takes a fifth of what reading them by JSON's whole grammar
  /// takes. Source: pve-cluster `status.c`, `cfs_create_vmlist_msg`.
  static func guests(laidOut bytes: Span<UInt8>) -> [Entry]? {
    var form = FormWalk(0..<bytes.count)
    guard form.skip("{\n\"version\": ", in: bytes), form.number(in: bytes) != nil,
      form.skip(",\n\"ids\": {\n", in: bytes)
    else { return nil }
    var guests: [Entry] = []
    guests.reserveCapacity(bytes.count / 64)
    // Guests of a node mostly follow each other.
    var node = TextCache()
    repeat {
      guard form.skip("\"", in: bytes), let number = form.text(in: bytes),
        let id = bytes.guestID(number), form.skip("\": { \"node\": \"", in: bytes),
        let name = form.text(in: bytes), !name.isEmpty,
        form.skip("\", \"type\": \"", in: bytes), let kind = GuestKind(listed: &form, in: bytes),
        form.skip("\", \"version\": ", in: bytes), form.number(in: bytes) != nil,
        form.skip(" }", in: bytes)
      else { return nil }
      guests.append(Entry(id: id, node: node.text(bytes, name), kind: kind))
    } while form.skip(",\n", in: bytes)
    guard form.skip("}\n\n}\n", in: bytes), form.isAtEnd else { return nil }
    let ids = guests.map(\.id).sorted()
    return zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 } ? guests : nil
  }
}

extension GuestKind {
  /// Source: pve-cluster `status.c`, `vmlist_to_str`.
  fileprivate init?(listed form: inout FormWalk, in bytes: Span<UInt8>) {
    if form.skip("qemu", in: bytes) {
      self = .virtualMachine
    } else if form.skip("lxc", in: bytes) || form.skip("openvz", in: bytes) {
      self = .container
    } else {
      return nil
    }
  }
}

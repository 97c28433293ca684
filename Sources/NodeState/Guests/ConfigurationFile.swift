/// Whose configuration a file is, by its path: the folder decides the owner.
///
/// Source: pve-docs `pmxcfs.adoc`: `/etc/pve/nodes/NODE/{qemu-server,lxc}/ID.conf`.
struct ConfigurationFile: Hashable {
  let node: String
  let kind: GuestKind
  let id: GuestID
  /// Below `/etc/pve`.
  var path: String { Self.path(of: id, kind, on: node) }

  /// Reads `files/etc/pve/nodes/pve1/lxc/110.conf`; nil for any other path.
  init?(entryPath: String) {
    let bytes = entryPath.utf8.span
    guard let nodes = bytes.firstIndex(of: "etc/pve/nodes/", in: 0..<bytes.count) else {
      return nil
    }
    let start = nodes + 14
    guard let end = bytes.firstIndex(of: UInt8(ascii: "/"), in: start..<bytes.count), end > start,
      let slash = bytes.firstIndex(of: UInt8(ascii: "/"), in: (end + 1)..<bytes.count),
      bytes.count > slash + 6, bytes.equals((bytes.count - 5)..<bytes.count, ".conf"),
      let id = bytes.guestID((slash + 1)..<(bytes.count - 5))
    else { return nil }
    if bytes.equals((end + 1)..<slash, "qemu-server") {
      kind = .virtualMachine
    } else if bytes.equals((end + 1)..<slash, "lxc") {
      kind = .container
    } else {
      return nil
    }
    self.id = id
    node = bytes.text(start..<end)
  }

  /// Returns the path below `/etc/pve` of a guest's configuration.
  static func path(of id: GuestID, _ kind: GuestKind, on node: String) -> String {
    let folder = kind == .virtualMachine ? "qemu-server" : "lxc"
    return "nodes/" + node + "/" + folder + "/" + id.description + ".conf"
  }
}

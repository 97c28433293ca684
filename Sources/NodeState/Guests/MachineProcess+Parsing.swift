import BundleFormat

extension MachineProcess {
  /// Reads the QEMU processes of the node.
  ///
  /// Source: probe `qemu-processes`. A pid file whose process is gone (`"alive":false`) is no process.
  ///
  /// - Throws: ``ParseError`` when a line is none of the probe's: a process that is lost here would
  ///   make its guest look stopped.
  static func parse(
    _ content: [UInt8], from origin: EntryOrigin
  ) throws(ParseError) -> [MachineProcess] {
    try JSONLines.values(
      of: content, from: origin,
      plainly: { form, bytes, line in
        MachineProcess(&form, in: bytes, of: content, line: line, from: origin).map { .some($0) }
      }
    ) { line throws(ParseError) in
      let pid = try line.number("pid")
      if line["alive"]?.bool == false { return nil }
      var id: GuestID?
      switch line["id"] {
      // One that is no guest's number is a QEMU process of someone else.
      case .string(let text)?: id = GuestID(text)
      case .null?: id = nil
      default: throw line.expected("a guest's number or null as id")
      }
      guard let paths = line["paths"]?.array?.map(\.string), !paths.contains(nil) else {
        throw line.expected("a list of paths")
      }
      let agrees = try line.flag("pidFileAgrees")
      let owner = agrees ? line["pidFile"]?.string.flatMap { Self.owner(ofPIDFile: $0) } : nil
      return MachineProcess(
        id: id, pid: pid, hasAgreeingPIDFile: agrees, otherGuest: owner == id ? nil : owner,
        paths: .texts(paths.compactMap { $0 }), isIncoming: try line.flag("incoming"),
        location: line.location)
    }
  }

  /// The guest of `/run/qemu-server/812.pid`.
  private static func owner(ofPIDFile path: String) -> GuestID? {
    let name = path.split(separator: "/").last ?? ""
    return name.hasSuffix(".pid") ? GuestID(String(name.dropLast(4))) : nil
  }

  /// `{"pid":2812,"start":1008,"id":"812","arg0":"/usr/bin/kvm","pidFile":"/run/qemu-server/812.pid",
  /// "pidFileAgrees":true,"incoming":false,"paths":["/dev/pve/vm-812-disk-0"]}`
  private init?(
    _ form: inout FormWalk, in bytes: Span<UInt8>, of content: [UInt8], line: Int,
    from origin: EntryOrigin
  ) {
    guard form.skip("{\"pid\":", in: bytes), let pid = form.number(in: bytes),
      form.skip(",\"start\":", in: bytes), form.number(in: bytes) != nil,
      form.skip(",\"id\":\"", in: bytes), let id = form.text(in: bytes),
      form.skip("\",\"arg0\":\"", in: bytes), form.text(in: bytes) != nil,
      form.skip("\",\"pidFile\":\"/run/qemu-server/", in: bytes),
      let file = form.text(in: bytes), file.count == id.count + 4,
      bytes.equals((file.upperBound - 4)..<file.upperBound, ".pid"),
      bytes.equals(file.lowerBound..<(file.upperBound - 4), id, of: bytes),
      form.skip("\",\"pidFileAgrees\":", in: bytes), let agrees = form.flag(in: bytes),
      form.skip(",\"incoming\":", in: bytes), let isIncoming = form.flag(in: bytes),
      form.skip(",\"paths\":", in: bytes)
    else { return nil }
    let list = form
    guard form.list(in: bytes, { _ in }), form.skip("}", in: bytes) else { return nil }
    self.init(
      id: bytes.guestID(id), pid: pid, hasAgreeingPIDFile: agrees, paths: .list(content, list),
      isIncoming: isIncoming, location: origin.location(line, form.walked))
  }
}

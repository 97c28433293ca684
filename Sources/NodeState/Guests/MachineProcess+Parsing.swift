import BundleFormat

extension MachineProcess {
  /// Reads the QEMU processes of the node.
  ///
  /// Source: probe `qemu-processes`. A pid file whose process is gone (`"alive":false`) is no process.
  ///
  /// - Throws: ``ParseError`` when a line is none of the probe's: a process that is lost here would
  ///   make its guest look stopped.
  static func parse(
    _ bytes: [UInt8], from origin: EntryOrigin
  ) throws(ParseError) -> [MachineProcess] {
    var processes: [MachineProcess] = []
    for line in try JSONLines.parse(bytes, from: origin) {
      let pid = try line.number("pid")
      if line["alive"]?.bool == false { continue }
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
      processes.append(
        MachineProcess(
          id: id, pid: pid, hasAgreeingPIDFile: try line.flag("pidFileAgrees"),
          paths: paths.compactMap { $0 }, isIncoming: try line.flag("incoming"),
          location: line.location))
    }
    return processes
  }
}

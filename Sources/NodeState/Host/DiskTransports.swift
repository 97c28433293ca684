import BundleFormat

/// How each block device is attached: `sata`, `iscsi`, `fc`, …; empty where lsblk doesn't say.
///
/// Source: `lsblk -J -b -o NAME,KNAME,PKNAME,MAJ:MIN,TYPE,SIZE,RO,MOUNTPOINT,TRAN`.
public enum DiskTransports {
  /// Whether other nodes may have the disk, too. lsblk says `fcoe` for some adapters.
  public static func reachesOtherNodes(_ transport: String) -> Bool {
    ["iscsi", "fc", "fcoe"].contains(transport)
  }

  /// Reads all devices. lsblk gives a disk's transport alone; what lies on the disk has it, too.
  ///
  /// - Parameter isLeftOut: Whether a device is not asked for. The first one is there all the same: a report
  ///   that has only such devices is not an empty one.
  /// - Throws: ``ParseError`` for anything else than lsblk's report.
  static func parse(
    _ bytes: [UInt8], from origin: EntryOrigin,
    leavingOut isLeftOut: (DeviceNumber) -> Bool = { _ in false }
  ) throws(ParseError) -> [DeviceNumber: String] {
    var transports: [DeviceNumber: String] = [:]
    let list: [Device]
    if let plain = DeviceTreeLines.devices(of: bytes.span) {
      list = plain
    } else {
      list = try devices(of: bytes, from: origin)
    }
    for device in list {
      guard let number = device.number, transports.isEmpty || !isLeftOut(number) else { continue }
      // A multipath map stands below each of its paths, a RAID below each of its disks.
      transports[number, default: ""].become(device.transport)
    }
    return transports
  }

  private typealias Device = DeviceTreeLines.Device

  /// Reads all devices of a report that may be laid out in any way.
  private static func devices(
    of bytes: [UInt8], from origin: EntryOrigin
  ) throws(ParseError) -> [Device] {
    var list: [Device] = []
    var isReport = false
    do throws(JSONError) {
      var scanner = JSONScanner(bytes)
      if try scanner.nextIs(.beginObject) {
        while try scanner.next() == .key {
          if scanner.matches("blockdevices") {
            isReport = true
            list += try devices(from: &scanner)
          } else {
            try scanner.skipValue()
          }
        }
      }
      _ = try scanner.next()
    } catch {
      throw .malformedJSON(problem: error.reason, path: origin.path, line: error.line)
    }
    guard isReport else {
      throw .expected(
        "a list of block devices", found: "another document", path: origin.path, line: 1)
    }
    return list
  }

  /// Reads a list of devices with all that lies on them.
  private static func devices(
    from scanner: inout JSONScanner
  ) throws(JSONError) -> [Device] {
    var list: [Device] = []
    try scanner.forEachObject { (scanner) throws(JSONError) in
      let position = list.count
      list.append(Device())
      while try scanner.next() == .key {
        if scanner.matches("maj:min") {
          list[position].number = try scanner.nextText().flatMap { DeviceNumber($0) }
        } else if scanner.matches("tran") {
          list[position].transport = try scanner.nextText() ?? ""
        } else if scanner.matches("children") {
          list += try devices(from: &scanner)
        } else {
          try scanner.skipValue()
        }
      }
      for child in (position + 1)..<list.count where list[child].transport.isEmpty {
        list[child].transport = list[position].transport
      }
    }
    return list
  }
}

extension String {
  /// Takes another transport where there is none, or where the other reaches other nodes' disks.
  fileprivate mutating func become(_ other: String) {
    if isEmpty || DiskTransports.reachesOtherNodes(other) { self = other }
  }
}

extension NodeSnapshot {
  /// Reads how each block device is attached, by lsblk; nil where its answer can't be used.
  ///
  /// A node's mappings are in that report, too, and hardly a verdict needs it: so it is read when asked for,
  /// and of the mappings only those are taken that are physical volumes.
  public func readDiskTransports() -> [DeviceNumber: String]? {
    let mappings = first.mappings.value ?? []
    let mapped = mappings.first?.device.major
    // The kernel gives all mappings one driver's number.
    let isOfMappings = mappings.allSatisfy { $0.device.major == mapped }
    let physicalVolumes = Set((lvm.physicalVolumes.value ?? []).compactMap(\.device))
    var sources = SourceReader(bundle)
    return sources.read(.lsblk) { text throws(ParseError) in
      try DiskTransports.parse(
        text.bytes, from: text.origin,
        leavingOut: { $0.major == mapped && isOfMappings && !physicalVolumes.contains($0) })
    }.value
  }
}

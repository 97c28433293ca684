import BundleFormat

/// How the node's disks are attached. Source: `lsblk -J`, columns `MAJ:MIN` and `TRAN`, lsblk(8).
enum DiskTransports {
  /// Reads the tree; a partition or mapping has the transport of the disk below it.
  ///
  /// - Throws: ``ParseError`` for what is no such tree.
  static func parse(
    _ bytes: [UInt8], from origin: EntryOrigin
  ) throws(ParseError) -> [DeviceNumber: String] {
    let root = try origin.object(bytes, with: "blockdevices")
    guard let devices = root["blockdevices"]?.array else {
      throw origin.oddMember("a list of block devices")
    }
    var transports: [DeviceNumber: String] = [:]
    for device in devices { add(device, below: "", to: &transports) }
    return transports
  }

  private static func add(
    _ device: JSONValue, below parent: String, to transports: inout [DeviceNumber: String]
  ) {
    let transport = device["tran"]?.string ?? parent
    if let number = device["maj:min"]?.string.flatMap({ DeviceNumber($0) }) {
      transports[number] = transport
    }
    for child in device["children"]?.array ?? [] {
      add(child, below: transport, to: &transports)
    }
  }
}

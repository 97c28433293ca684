/// What the node says of its disks, their transports and their paths.
struct BlockDevices {
  let world: World
  private let stacked: [Device: [Mapping]]

  init(_ world: World) {
    self.world = world
    var stacked: [Device: [Mapping]] = [:]
    for mapping in world.mappings {
      for device in mapping.dependencies { stacked[device, default: []].append(mapping) }
    }
    self.stacked = stacked
  }

  /// Source: lsblk(8), `-J -b -o NAME,KNAME,PKNAME,MAJ:MIN,TYPE,SIZE,RO,MOUNTPOINT,TRAN`.
  func tree() -> [UInt8] {
    var text = TextBuffer()
    text.write("{\n   \"blockdevices\": [\n      ")
    for (position, disk) in world.disks.enumerated() {
      if position > 0 { text.write(",") }
      write(
        &text, name: disk.kernelName, kernelName: disk.kernelName, parent: "null",
        device: disk.device, kind: "disk", sectors: 1 << 34, transport: "\"\(disk.transport)\"",
        depth: 2)
    }
    text.write("\n   ]\n}\n")
    return text.bytes
  }

  private func write(
    _ text: inout TextBuffer, name: String, kernelName: String, parent: String, device: Device,
    kind: String, sectors: Int, transport: String, depth: Int
  ) {
    let margin = String(repeating: "   ", count: depth)
    let inner = "\n\(margin)   "
    text.write(
      "{\(inner)\"name\": \"\(name)\",\(inner)\"kname\": \"\(kernelName)\",\(inner)\"pkname\": \(parent),"
        + "\(inner)\"maj:min\": \"\(device.text)\",\(inner)\"type\": \"\(kind)\","
        + "\(inner)\"size\": \(sectors * 512),\(inner)\"ro\": false,\(inner)\"mountpoint\": null,"
        + "\(inner)\"tran\": \(transport)")
    let children = depth < 12 ? stacked[device] ?? [] : []
    if !children.isEmpty { text.write(",\(inner)\"children\": [\(inner)   ") }
    for (position, child) in children.enumerated() {
      if position > 0 { text.write(",") }
      write(
        &text, name: child.name, kernelName: "dm-\(child.device.minor)",
        parent: "\"\(kernelName)\"", device: child.device, kind: type(of: child),
        sectors: child.sectorCount, transport: "null", depth: depth + 2)
    }
    if !children.isEmpty { text.write("\(inner)]") }
    text.write("\n\(margin)}")
  }

  private func type(of mapping: Mapping) -> String {
    for (prefix, type) in [("LVM-", "lvm"), ("mpath-", "mpath"), ("CRYPT-", "crypt")]
    where mapping.uuid.hasPrefix(prefix) {
      return type
    }
    return mapping.uuid.hasPrefix("part") ? "part" : "dm"
  }

  /// Source: multipath-tools, `multipath -ll`.
  func multipath() -> [UInt8] {
    var text = TextBuffer()
    for map in world.multipathMaps {
      text.line(
        "\(map.mapping.name) (\(map.wwid)) dm-\(map.mapping.device.minor) NETAPP,LUN C-Mode")
      text.line(
        "size=8.0T features='3 queue_if_no_path pg_init_retries 50' hwhandler='1 alua' wp=rw")
      for (position, path) in map.paths.enumerated() {
        let isLast = position == map.paths.count - 1
        text.line(
          "\(isLast ? "`" : "|")-+- policy='service-time 0' prio=\(isLast ? 10 : 50) "
            + "status=\(isLast ? "enabled" : "active")")
        text.line(
          "\(isLast ? " " : "|") `- \(2 + position):0:0:1 \(path.kernelName) \(path.device.text) "
            + "active ready running")
      }
    }
    return text.bytes
  }

  /// Source: open-iscsi, `iscsiadm -m session`.
  func sessions() -> [UInt8] {
    guard world.disks.contains(where: { $0.transport == "iscsi" }) else { return [] }
    return Array("tcp: [1] 192.0.2.9:3260,1 iqn.2003-01.example:san (non-flash)\n".utf8)
  }
}

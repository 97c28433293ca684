/// What dmsetup prints of a node's mappings. Source: dmsetup(8), LVM2 1.02.205.
struct DeviceMapperText {
  /// In the order of the rows.
  let mappings: [Mapping]
  let world: World

  /// The mappings of a reading; the first is as it is, the second may have moved on.
  init(_ world: World, reading: Int) {
    self.world = world
    let sorted = world.mappings.sorted { $0.name < $1.name }
    let present = reading == 1 ? sorted : sorted.filter { $0.second != .gone }
    guard world.options.variations.contains(.rowsReordered) else {
      mappings = present
      return
    }
    var random = SplitMix64(seed: world.seed, stream: -1)
    mappings = random.shuffled(present)
  }

  func info(reading: Int) -> [UInt8] {
    var text = TextBuffer()
    if mappings.isEmpty { text.line("No devices found") }
    for mapping in mappings {
      let isOpened = reading == 2 && mapping.second == .opened
      let open = mapping.totalOpenCount + (isOpened ? 1 : 0)
      let device = mapping.device
      text.line(
        "\(mapping.name)|\(mapping.uuid)|\(device.major)|\(device.minor)|\(open)|"
          + "\(mapping.table.count)|0|\(mapping.attributes)")
    }
    return text.bytes
  }

  func table() -> [UInt8] {
    lines { "\($0.start) \($0.length) \($0.type) \($0.parameters)" }
  }

  func status() -> [UInt8] {
    lines { line in
      let state: String
      switch line.type {
      case "thin": state = "0 -"
      case "thin-pool": state = poolStatus(line)
      case "striped": state = "2 \(line.devices.map(\.text).joined(separator: " ")) 1 AA"
      case "multipath":
        state = "2 0 1 0 2 1 A 0 1 1 8:16 A 0 0 1 E 0 1 1 8:32 A 0 0 1 "
      default: state = ""
      }
      return "\(line.start) \(line.length) \(line.type) \(state)"
    }
  }

  private func poolStatus(_ line: TableLine) -> String {
    let blocks = line.length / 128
    return "10 120/2048 \(blocks / 2)/\(blocks) - rw no_discard_passdown queue_if_no_space - 256 "
  }

  private func lines(_ print: (TableLine) -> String) -> [UInt8] {
    var text = TextBuffer()
    if mappings.isEmpty { text.line("No devices found") }
    for mapping in mappings {
      if mapping.table.isEmpty { text.line("\(mapping.name): ") }
      for line in mapping.table { text.line("\(mapping.name): \(print(line))") }
    }
    return text.bytes
  }

  func dependencies() -> [UInt8] {
    var text = TextBuffer()
    if mappings.isEmpty { text.line("No devices found") }
    for mapping in mappings {
      let devices = mapping.dependencies
      let list = devices.map { " (\($0.major), \($0.minor))" }.joined()
      text.line("\(mapping.name): \(devices.count) dependencies\t:\(list)")
    }
    return text.bytes
  }

  /// The collector's own look at `/sys/block/dm-*`.
  func sysfs() -> [UInt8] {
    var holders: [Device: [String]] = [:]
    for mapping in mappings {
      for device in mapping.dependencies {
        holders[device, default: []].append("\"\(mapping.device.text)\"")
      }
    }
    var text = TextBuffer()
    for mapping in mappings where mapping.attributes != "---w" {
      let slaves = mapping.dependencies.map { "\"\($0.text)\"" }.joined(separator: ",")
      let above = (holders[mapping.device] ?? []).joined(separator: ",")
      text.line(
        "{\"kernelName\":\"dm-\(mapping.device.minor)\",\"device\":\"\(mapping.device.text)\","
          + "\"name\":\"\(mapping.name)\",\"uuid\":\"\(mapping.uuid)\","
          + "\"suspended\":\(mapping.attributes.contains("s") ? 1 : 0),"
          + "\"sizeSectors\":\(mapping.sectorCount),"
          + "\"readOnly\":\(mapping.attributes.hasSuffix("r") ? 1 : 0),"
          + "\"slaves\":[\(slaves)],\"holders\":[\(above)]}")
    }
    return text.bytes
  }

  /// The links that udev keeps below `/dev`.
  func links() -> [UInt8] {
    var text = TextBuffer()
    for mapping in mappings where mapping.attributes.hasPrefix("L") {
      let device = "\"device\":\"\(mapping.device.text)\"}"
      text.line("{\"path\":\"\(mapping.path)\",\(device)")
      guard mapping.uuid.hasPrefix("LVM-"), mapping.uuid.utf8.count == 68,
        let (group, volume) = Volume.split(mappingName: mapping.name)
      else { continue }
      text.line("{\"path\":\"/dev/\(group)/\(volume)\",\(device)")
    }
    return text.bytes
  }
}

extension Volume {
  /// Takes a mapping's name apart: a single hyphen divides, a double one is one.
  static func split(mappingName: String) -> (group: String, volume: String)? {
    var parts = [""]
    var pending = false
    for character in mappingName {
      if character == "-" {
        if pending { parts[parts.count - 1] += "-" }
        pending.toggle()
        continue
      }
      if pending { parts.append("") }
      pending = false
      parts[parts.count - 1].append(character)
    }
    return parts.count == 2 ? (parts[0], parts[1]) : nil
  }
}

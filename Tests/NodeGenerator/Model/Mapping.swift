/// A mapping while the node is being made up.
final class Mapping {
  let name: String
  /// Empty for none.
  let uuid: String
  let device: Device
  /// Opened by processes, mounts and swap; mappings stacked on it come on top.
  var openCount: Int
  var table: [TableLine]
  var attributes = "L--w"
  var second = SecondReading.same
  /// How many mappings lie on it.
  var holderCount = 0

  /// What a second look at it shows.
  enum SecondReading: Equatable {
    case same, gone, opened
  }

  init(name: String, uuid: String, device: Device, openCount: Int, table: [TableLine]) {
    self.name = name
    self.uuid = uuid
    self.device = device
    self.openCount = openCount
    self.table = table
  }

  var path: String { "/dev/mapper/\(name)" }
  var totalOpenCount: Int { openCount + holderCount }
  var sectorCount: Int { table.last.map { $0.start + $0.length } ?? 0 }

  /// What the live table lies on, each device once.
  var dependencies: [Device] {
    var seen: [Device] = []
    for line in table {
      for device in line.devices where !seen.contains(device) { seen.append(device) }
    }
    return seen
  }
}

/// One line of a mapping's table.
struct TableLine {
  let start: Int
  let length: Int
  let type: String
  let parameters: String
  let devices: [Device]

  static func linear(_ start: Int, _ length: Int, on device: Device, at sector: Int) -> TableLine {
    TableLine(
      start: start, length: length, type: "linear", parameters: "\(device.text) \(sector)",
      devices: [device])
  }

  static func thin(_ length: Int, pool: Device, id: Int) -> TableLine {
    TableLine(
      start: 0, length: length, type: "thin", parameters: "\(pool.text) \(id)", devices: [pool])
  }

  /// The lines that LVM loads for a volume's segments.
  static func lines(of segments: [Segment]) -> [TableLine] {
    segments.map { segment in
      let start = segment.startExtent * Group.extentSectors
      let length = segment.extentCount * Group.extentSectors
      guard segment.isStriped else {
        let run = segment.runs[0]
        return .linear(start, length, on: run.volume.device, at: run.startSector)
      }
      let members = segment.runs.map { " \($0.volume.device.text) \($0.startSector)" }.joined()
      return TableLine(
        start: start, length: length, type: "striped",
        parameters: "\(segment.runs.count) \(Segment.stripeBytes / 512)\(members)",
        devices: segment.runs.map(\.volume.device))
    }
  }
}

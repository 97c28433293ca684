import Analysis
import BundleFormat
import NodeState

extension StackLayer {
  /// What a mapping lies on, by the kernel's word: other mappings, then devices and their paths.
  static func lower(_ facts: MappingFacts, _ index: PageIndex) -> [StackLayer] {
    var layers: [StackLayer] = []
    var devices = facts.mapping.dependencies
    // Real stacks are four deep at most; a forged one may go round in a ring.
    for _ in 0..<4 where !devices.isEmpty {
      let mapped = devices.compactMap { index.inventory.positions[$0] }
      guard !mapped.isEmpty else {
        layers.append(StackLayer("device", names(of: devices, index), note: numbers(of: devices)))
        break
      }
      let below = mapped.map { index.inventory.mappings[$0].mapping }
      if let map = below.first(where: { $0.uuid?.origin == .multipath }) {
        layers.append(StackLayer("device", map.name, note: "multipath"))
        return layers + paths(of: map, index)
      }
      layers.append(
        StackLayer("below", list(below.map(\.name)), note: numbers(of: devices)))
      var seen: Set<DeviceNumber> = []
      devices = below.flatMap(\.dependencies).filter { seen.insert($0).inserted }
    }
    if facts.mapping.dependencies.isEmpty {
      layers.append(StackLayer("device", "none", note: "by its table", .gone))
    }
    return layers
  }

  private static func paths(of map: Mapping, _ index: PageIndex) -> [StackLayer] {
    let members = index.snapshot.host.multipathMembers.filter { $0.map == map.name }
    let devices = members.isEmpty ? map.dependencies : members.map(\.device)
    guard !devices.isEmpty else { return [] }
    return [
      StackLayer(
        "paths", list(devices.map(\.description)), note: Quantity.of(devices.count, "path"))
    ]
  }

  private static func names(of devices: [DeviceNumber], _ index: PageIndex) -> String {
    let known = index.snapshot.lvm.physicalVolumes.value ?? []
    return list(
      devices.map { device in
        known.first { $0.device == device }?.name ?? "\(device)"
      })
  }

  private static func numbers(of devices: [DeviceNumber]) -> String {
    devices.count == 1 ? devices[0].description : Quantity.of(devices.count, "device")
  }

  private static func list(_ names: [String]) -> String {
    names.count > 2 ? "\(names[0]), \(names[1]), …" : names.joined(separator: ", ")
  }
}

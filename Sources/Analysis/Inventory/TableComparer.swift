import BundleFormat
import NodeState

/// The parts of a node that a comparison needs.
struct TableComparer: Sendable {
  /// Physical volumes by group and by the name that `seg_pe_ranges` uses.
  let physicalVolumes: [LVMID: [String: PhysicalVolume]]
  /// The paths of each multipath map and of its partitions, by their device. None of a partition where the
  /// paths are no SCSI disks, whose partitions' numbers follow from theirs.
  let multipathPaths: [DeviceNumber: Set<DeviceNumber>]
  /// The device of each thin pool's `-tpool` layer, by group and pool name.
  let poolDevices: [LVMID: [String: DeviceNumber]]

  /// The disk and the thin pool that were asked for last: volumes of one mostly follow each other.
  struct Memory {
    fileprivate var group: LVMID?
    fileprivate var name = ""
    fileprivate var disk: (device: DeviceNumber, startSector: Int)?
    fileprivate var pool: (group: LVMID, name: String, device: DeviceNumber?)?
  }

  /// Compares a live table with a volume's metadata.
  func compare(
    _ targets: [Target], with volume: LogicalVolume, of group: VolumeGroup,
    _ memory: inout Memory
  ) -> TableComparison {
    isPlainlySame(targets, volume, group, &memory) || isPlainlySameThin(targets, volume, &memory)
      ? .agrees : compare(targets, with: volume, of: group)
  }

  func compare(_ targets: [Target], with volume: LogicalVolume, of group: VolumeGroup)
    -> TableComparison
  {
    let type = volume.attributes.utf8.first
    guard type == UInt8(ascii: "-") || type == UInt8(ascii: "V") else {
      return .notCompared("volumes of type \(volume.attributes.prefix(1)) are not compared")
    }
    if volume.segments.contains(where: { $0.type.hasPrefix("pvmove") }) || isMoving(volume) {
      return .notCompared("pvmove is under way")
    }
    let live = targets.reduce(0) { $0.saturatingAdd($1.sectorCount) }
    let expected = volume.sizeBytes / 512
    if live != expected { return .lengthDiffers(live: live, metadata: expected) }
    return type == UInt8(ascii: "V")
      ? compareThin(targets, with: volume) : compareRuns(targets, with: volume, of: group)
  }

  /// pvmove puts a mirror named `pvmove0` under the volume's segments.
  private func isMoving(_ volume: LogicalVolume) -> Bool {
    volume.segments.contains { segment in
      segment.ranges.contains { $0.device.hasPrefix("pvmove") || $0.device.hasPrefix("[pvmove") }
    }
  }

  private func compareThin(_ targets: [Target], with volume: LogicalVolume) -> TableComparison {
    guard volume.segments.count == 1, let expected = volume.segments[0].thinID else {
      return .notCompared("no thin id in lvs")
    }
    guard targets.count == 1, case .thin(let pool, let id, _) = targets[0].kind else {
      let types = Set(targets.map(\.kind.typeName)).sorted().joined(separator: " and ")
      return .extentsDiffer(
        live: "\(targets.count == 1 ? "a target" : "\(targets.count) targets") of type \(types)",
        metadata: "thin id \(expected)")
    }
    if id != expected {
      return .extentsDiffer(live: "thin id \(id)", metadata: "thin id \(expected)")
    }
    if let name = volume.poolName, let device = poolDevices[volume.groupID]?[name], device != pool {
      return .extentsDiffer(live: "pool \(pool)", metadata: "pool \(device)")
    }
    return .agrees
  }

  /// A run of a volume's sectors on one device, or on several in stripes.
  private struct Run: Equatable {
    var start: Int
    var count: Int
    var chunk: Int
    var extents: [Target.Extent]
  }

  private func compareRuns(
    _ targets: [Target], with volume: LogicalVolume, of group: VolumeGroup
  ) -> TableComparison {
    let extentSectors = group.extentSizeBytes / 512
    guard extentSectors > 0 else { return .notCompared("the group's extent size is unknown") }
    var expected: [Run] = []
    for segment in volume.segments {
      guard segment.type == "linear" || segment.type == "striped", !segment.ranges.isEmpty else {
        return .notCompared("segments of type \(segment.type) are not compared")
      }
      var extents: [Target.Extent] = []
      for range in segment.ranges {
        guard let physical = physicalVolumes[volume.groupID]?[range.device],
          let device = physical.device
        else { return .notCompared("the device of \(range.device) is unknown") }
        let start = (physical.dataStartBytes / 512)
          .saturatingAdd(range.firstExtent.saturatingMultiply(extentSectors))
        extents.append(Target.Extent(device: device, startSector: start))
      }
      if extents.count > 1 && segment.stripeSizeBytes == 0 {
        return .notCompared("the size of its stripes is unknown")
      }
      let count = segment.extentCount.saturatingMultiply(extentSectors)
      let start = segment.startExtent.saturatingMultiply(extentSectors)
      expected.append(
        Run(
          start: start, count: count, chunk: extents.count > 1 ? segment.stripeSizeBytes / 512 : 0,
          extents: extents))
    }
    var live: [Run] = []
    for target in targets {
      switch target.kind {
      case .linear(let extent):
        live.append(
          Run(start: target.startSector, count: target.sectorCount, chunk: 0, extents: [extent]))
      case .striped(let chunk, let extents):
        live.append(
          Run(start: target.startSector, count: target.sectorCount, chunk: chunk, extents: extents))
      default:
        // Another node took the volume's cache, mirror or snapshots away: here it is written through them.
        return .extentsDiffer(
          live: "a target of type \(target.kind.typeName)",
          metadata: merged(expected).first.map(description) ?? "no sectors")
      }
    }
    let difference = firstDifference(merged(live), merged(expected))
    let devices = expected.lazy.flatMap(\.extents).map(\.device)
    if difference != .agrees,
      let disk = devices.first(where: { multipathPaths[$0]?.isEmpty == true })
    {
      return .notCompared("the numbers of \(disk) on the paths of its map are unknown")
    }
    return difference
  }

  /// Joins runs that follow each other on one device: both sides may cut them elsewhere.
  private func merged(_ runs: [Run]) -> [Run] {
    var result: [Run] = []
    for run in runs.sorted(by: { $0.start < $1.start }) {
      if let last = result.last, last.extents.count == 1, run.extents.count == 1,
        last.start.saturatingAdd(last.count) == run.start,
        last.extents[0].device == run.extents[0].device,
        last.extents[0].startSector.saturatingAdd(last.count) == run.extents[0].startSector
      {
        result[result.count - 1].count = last.count.saturatingAdd(run.count)
      } else {
        result.append(run)
      }
    }
    return result
  }

  private func firstDifference(_ live: [Run], _ expected: [Run]) -> TableComparison {
    for index in 0..<max(live.count, expected.count) {
      guard index < live.count, index < expected.count else {
        return .extentsDiffer(
          live: "\(live.count) runs of sectors", metadata: "\(expected.count) runs of sectors")
      }
      if !isSame(live[index], expected[index]) {
        return .extentsDiffer(
          live: description(of: live[index]), metadata: description(of: expected[index]))
      }
    }
    return .agrees
  }

  private func isSame(_ live: Run, _ expected: Run) -> Bool {
    live.start == expected.start && live.count == expected.count && live.chunk == expected.chunk
      && live.extents.count == expected.extents.count
      && zip(live.extents, expected.extents).allSatisfy { left, right in
        left.startSector == right.startSector && isSameDevice(left.device, right.device)
      }
  }

  /// A path of a multipath map holds the map's sectors: which of the two is `single-path`'s business.
  private func isSameDevice(_ live: DeviceNumber, _ expected: DeviceNumber) -> Bool {
    live == expected || multipathPaths[expected]?.contains(live) == true
      || multipathPaths[live]?.contains(expected) == true
  }

  private func description(of run: Run) -> String {
    let places = run.extents.map { "\($0.device) at sector \($0.startSector)" }
    return "sectors \(run.start) to \(run.start.saturatingAdd(run.count - 1)) on "
      + places.joined(separator: ", ")
  }
}

extension TableComparer {
  /// - Parameter members: The paths that multipathd lists: of one that has failed the map's table knows
  ///   nothing.
  init(
    _ physicalVolumes: [PhysicalVolume], _ special: SpecialMappings, members: [MultipathMember]
  ) {
    var disks: [LVMID: [String: PhysicalVolume]] = [:]
    for physicalVolume in physicalVolumes {
      guard let group = physicalVolume.groupID else { continue }
      disks[group, default: [:]][physicalVolume.name] = physicalVolume
    }
    var paths: [DeviceNumber: Set<DeviceNumber>] = [:]
    var pools: [LVMID: [String: DeviceNumber]] = [:]
    let listed = Dictionary(grouping: members, by: \.map).mapValues { $0.map(\.device) }
    for (_, map) in special.multipathMaps {
      paths[map.device] = Set(map.dependencies).union(listed[map.name] ?? [])
    }
    for (partition, map) in special.partitionsOfMaps {
      paths[partition.device] = Set(map.dependencies.compactMap { $0.partition(partition.number) })
    }
    for (layer, group) in special.poolLayers {
      pools[group, default: [:]][MappingName(decoding: layer.name).volume] = layer.device
    }
    self.init(physicalVolumes: disks, multipathPaths: paths, poolDevices: pools)
  }

  /// Whether a linear volume's table has one target for each of its segments, and each is where the
  /// metadata says: nearly all are so, and then nothing needs to be put together for a comparison.
  private func isPlainlySame(
    _ targets: [Target], _ volume: LogicalVolume, _ group: VolumeGroup, _ memory: inout Memory
  ) -> Bool {
    guard targets.count == volume.segments.count,
      volume.attributes.utf8.first == UInt8(ascii: "-"), group.extentSizeBytes >= 512
    else { return false }
    let extentSectors = group.extentSizeBytes / 512
    let parts = volume.segments
    let (targets, segments) = (targets.span, parts.span)
    var sectors = 0
    for index in targets.indices {
      let ranges = segments[index].ranges
      guard case .linear(let extent) = targets[index].kind, segments[index].type == "linear",
        ranges.count == 1, case let firstExtent = ranges.span[0].firstExtent,
        let disk = disk(ranges.span[0].device, of: volume.groupID, &memory),
        extent.device == disk.device,
        extent.startSector
          == disk.startSector.saturatingAdd(firstExtent.saturatingMultiply(extentSectors)),
        targets[index].startSector
          == segments[index].startExtent.saturatingMultiply(extentSectors),
        targets[index].sectorCount
          == segments[index].extentCount.saturatingMultiply(extentSectors)
      else { return false }
      sectors = sectors.saturatingAdd(targets[index].sectorCount)
    }
    return sectors == volume.sizeBytes / 512
  }

  /// Whether a thin volume's table is its one segment, in the pool that the metadata says.
  private func isPlainlySameThin(
    _ targets: [Target], _ volume: LogicalVolume, _ memory: inout Memory
  ) -> Bool {
    let parts = volume.segments
    let (targets, segments) = (targets.span, parts.span)
    guard volume.attributes.utf8.first == UInt8(ascii: "V"), targets.count == 1,
      segments.count == 1, segments[0].type == "thin", segments[0].ranges.isEmpty,
      case .thin(let device, let id, _) = targets[0].kind, segments[0].thinID == id,
      targets[0].sectorCount == volume.sizeBytes / 512
    else { return false }
    guard let name = volume.poolName else { return true }
    if memory.pool?.name != name || memory.pool?.group != volume.groupID {
      memory.pool = (volume.groupID, name, poolDevices[volume.groupID]?[name])
    }
    return memory.pool?.device.map { $0 == device } ?? true
  }

  /// The device and first sector of a physical volume; nil for one of which that is unknown, and for
  /// what pvmove puts in its place.
  private func disk(
    _ name: String, of group: LVMID, _ memory: inout Memory
  ) -> (device: DeviceNumber, startSector: Int)? {
    if memory.group == group, memory.name == name { return memory.disk }
    (memory.group, memory.name, memory.disk) = (group, name, nil)
    if let found = physicalVolumes[group]?[name], let device = found.device,
      !name.hasPrefix("pvmove"), !name.hasPrefix("[pvmove")
    {
      memory.disk = (device, found.dataStartBytes / 512)
    }
    return memory.disk
  }
}

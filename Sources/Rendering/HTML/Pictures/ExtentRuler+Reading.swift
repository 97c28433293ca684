import Analysis
import BundleFormat
import NodeState

extension ExtentRuler {
  /// How many devices and other mappings are drawn: beyond that, words say more.
  private static let (mostDevices, mostOthers) = (3, 3)

  /// What is worth a picture: a table that differs from LVM's metadata, a volume of this name that lies
  /// elsewhere, and mappings that share sectors with it; nothing for any other mapping.
  static func rulers(ofMappingAt position: Int, _ index: PageIndex) -> [ExtentRuler] {
    let facts = index.inventory.mappings[position]
    guard let live = runs(ofLiveTable: facts.mapping) else { return [] }
    if let overlaps = index.inventory.collisions.overlaps[position], !overlaps.isEmpty {
      return shared(live, facts, with: overlaps.map(\.other), index)
    }
    switch facts.comparison {
    case .agrees, .notCompared: break
    case .lengthDiffers, .extentsDiffer:
      guard case .known(let volume, let group) = facts.standing,
        let metadata = runs(of: volume, extentSizeBytes: group.extentSizeBytes, index)
      else { return [] }
      return compared(live, with: metadata, called: "LVM's metadata", index)
    }
    if facts.isGhost, let namesake = facts.namesake,
      let group = index.snapshot.lvm.groups.value?.first(where: { $0.id == namesake.groupID }),
      let metadata = runs(of: namesake, extentSizeBytes: group.extentSizeBytes, index)
    {
      return compared(live, with: metadata, called: "the living volume, by LVM's metadata", index)
    }
    return []
  }

  private typealias Runs = [DeviceNumber: [Range<Int>]]

  private static func compared(
    _ live: Runs, with metadata: Runs, called name: String, _ index: PageIndex
  ) -> [ExtentRuler] {
    Set(live.keys).union(metadata.keys).sorted().prefix(mostDevices).compactMap { device in
      ExtentRuler(
        device: words(for: device, index),
        rows: [
          Row(name: "live table", tone: .live, runs: live[device] ?? []),
          Row(name: name, tone: .metadata, runs: metadata[device] ?? []),
        ], marking: .different)
    }
  }

  private static func shared(
    _ live: Runs, _ facts: MappingFacts, with others: [Int], _ index: PageIndex
  ) -> [ExtentRuler] {
    var seen: Set<Int> = []
    let others = others.filter { seen.insert($0).inserted }.prefix(mostOthers).map {
      index.inventory.mappings[$0]
    }
    return live.keys.sorted().prefix(mostDevices).compactMap { device in
      let rows = others.map { other in
        Row(
          name: rowName(other), tone: .other,
          runs: runs(ofLiveTable: other.mapping)?[device] ?? [])
      }
      let mine = Row(name: rowName(facts), tone: .live, runs: live[device] ?? [])
      return ExtentRuler(device: words(for: device, index), rows: [mine] + rows, marking: .shared)
    }
  }

  private static func rowName(_ facts: MappingFacts) -> String {
    facts.mapping.name + (facts.isConfirmed ? ", confirmed by LVM" : "")
  }

  private static func words(for device: DeviceNumber, _ index: PageIndex) -> String {
    if let position = index.inventory.positions[device] {
      return "\(index.inventory.mappings[position].mapping.name) (\(device))"
    }
    let known = index.snapshot.lvm.physicalVolumes.value ?? []
    return known.first { $0.device == device }.map { "\($0.name) (\(device))" } ?? "\(device)"
  }

  /// The sectors that a live table reaches by device; nil where it has other targets than runs.
  private static func runs(ofLiveTable mapping: Mapping) -> Runs? {
    guard let targets = mapping.table.value, !targets.isEmpty else { return nil }
    var runs: Runs = [:]
    for target in targets {
      let extents: [Target.Extent]
      switch target.kind {
      case .linear(let extent): extents = [extent]
      case .striped(_, let stripes): extents = stripes
      case .thin, .thinPool, .error, .zero, .other: return nil
      }
      let count = target.sectorCount / max(1, extents.count)
      for extent in extents {
        guard let run = range(from: extent.startSector, count) else { return nil }
        runs[extent.device, default: []].append(run)
      }
    }
    return runs
  }

  /// The sectors that LVM's metadata gives a volume; nil where a part of it is no run on a known device.
  private static func runs(
    of volume: LogicalVolume, extentSizeBytes: Int, _ index: PageIndex
  ) -> Runs? {
    let physical = (index.snapshot.lvm.physicalVolumes.value ?? []).filter {
      $0.groupID == volume.groupID
    }
    let sectors = extentSizeBytes / 512
    var runs: Runs = [:]
    for segment in volume.segments {
      guard segment.type == "linear" || segment.type == "striped" else { return nil }
      for part in segment.ranges {
        guard let home = physical.first(where: { $0.name == part.device }),
          let device = home.device,
          part.lastExtent >= part.firstExtent
        else { return nil }
        let (offset, tooFar) = part.firstExtent.multipliedReportingOverflow(by: sectors)
        let (count, tooMany) = (part.lastExtent &- part.firstExtent &+ 1)
          .multipliedReportingOverflow(by: sectors)
        let (start, beyond) = (home.dataStartBytes / 512).addingReportingOverflow(offset)
        guard !tooFar, !tooMany, !beyond, let run = range(from: start, count) else { return nil }
        runs[device, default: []].append(run)
      }
    }
    return runs.isEmpty ? nil : runs
  }

  private static func range(from start: Int, _ count: Int) -> Range<Int>? {
    let (end, overflow) = start.addingReportingOverflow(count)
    return overflow || start < 0 || count <= 0 ? nil : start..<end
  }
}

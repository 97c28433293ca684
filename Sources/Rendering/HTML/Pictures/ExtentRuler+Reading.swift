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
        let metadata = LivingExtents.runs(
          of: volume, extentSizeBytes: group.extentSizeBytes, on: index.physicalVolumes)
      else { return [] }
      return compared(live, with: metadata, called: "LVM's metadata", index)
    }
    return facts.isGhost ? heirs(of: live, facts, index) : []
  }

  private typealias Runs = LivingExtents.Runs

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

  /// The blocks of a volume that is gone: who has them now, and where the living volume of its name is.
  private static func heirs(
    of live: Runs, _ facts: MappingFacts, _ index: PageIndex
  ) -> [ExtentRuler] {
    live.keys.sorted().prefix(mostDevices).compactMap { device in
      let runs = live[device] ?? []
      var rows = [Row(name: "this mapping, its volume is gone", tone: .live, runs: runs)]
      var owners = index.livingExtents.owners(of: runs, on: device)
      if let namesake = facts.namesake { owners.removeAll { $0.id == namesake.id } }
      for volume in [facts.namesake].compactMap({ $0 }) + owners.prefix(mostOthers) {
        rows.append(
          Row(
            name: "\(volume.groupName)/\(volume.name), alive", tone: .metadata,
            runs: index.livingExtents.runs(of: volume, on: device)))
      }
      return ExtentRuler(device: words(for: device, index), rows: rows, marking: .inherited)
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
        guard let run = LivingExtents.range(from: extent.startSector, count) else { return nil }
        runs[extent.device, default: []].append(run)
      }
    }
    return runs
  }
}

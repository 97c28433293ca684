/// A volume group while the node is being made up.
final class Group {
  let name: String
  /// 32 characters without hyphens.
  let id: String
  /// Whether other nodes have it, too: declared so in storage.cfg, made by any of them.
  let isShared: Bool
  /// Whether its volumes were made before Proxmox VE switched autoactivation off.
  let isLegacy: Bool
  var physicalVolumes: [PhysicalVolume] = []
  var volumes: [Volume] = []
  var nextThinID = 1
  /// Why its metadata proves nothing.
  var flaw: Flaw?

  enum Flaw: CaseIterable {
    case missingPhysicalVolume, exported, foreignSystem, lockManager, rowsMissing, warning
  }

  static let extentSectors = 8192
  static let extentBytes = extentSectors * 512

  init(name: String, id: String, isShared: Bool, isLegacy: Bool) {
    self.name = name
    self.id = id
    self.isShared = isShared
    self.isLegacy = isLegacy
  }

  /// Takes free extents, in one run most often; never any that were taken before.
  func allocate(_ count: Int, random: inout SplitMix64) -> [Segment] {
    if physicalVolumes.count > 1, count >= 2, random.chance(percent: 8) {
      return [stripe(count / 2)]
    }
    var segments: [Segment] = []
    var start = 0
    while start < count {
      let rest = count - start
      let length = rest > 1 && random.chance(percent: 15) ? random.number(in: 1...rest) : rest
      let volume = random.pick(physicalVolumes)
      // A gap now and then; without, two segments may lie side by side and are one range.
      if random.chance(percent: 20) { volume.nextFree += random.number(in: 1...4) }
      segments.append(
        Segment(
          startExtent: start, extentCount: length,
          runs: [Run(volume: volume, firstExtent: volume.nextFree)]))
      volume.nextFree += length
      start += length
    }
    return segments
  }

  private func stripe(_ extentsEach: Int) -> Segment {
    let members = physicalVolumes.prefix(2)
    let runs = members.map { Run(volume: $0, firstExtent: $0.nextFree) }
    for member in members { member.nextFree += extentsEach }
    return Segment(startExtent: 0, extentCount: 2 * extentsEach, runs: runs)
  }
}

/// A physical volume: a disk, a multipath map or, of a guest's own group, a guest's disk.
final class PhysicalVolume {
  /// `/dev/sdb`.
  let path: String
  let device: Device
  let id: String
  let dataStartBytes: Int
  var nextFree = 0

  init(path: String, device: Device, id: String, dataStartBytes: Int) {
    self.path = path
    self.device = device
    self.id = id
    self.dataStartBytes = dataStartBytes
  }

  /// A few more than were ever taken.
  var extentCount: Int { nextFree + 1024 }
}

/// A volume's extents in one piece, or striped over several.
struct Segment {
  let startExtent: Int
  let extentCount: Int
  let runs: [Run]

  static let stripeBytes = 65_536

  var isStriped: Bool { runs.count > 1 }
  var extentsPerRun: Int { extentCount / runs.count }
}

/// Where a run of extents starts on a physical volume.
struct Run {
  let volume: PhysicalVolume
  let firstExtent: Int

  var startSector: Int { volume.dataStartBytes / 512 + firstExtent * Group.extentSectors }
}

import Analysis
import BundleFormat
import NodeState

/// Where LVM's metadata says that volumes lie, by device and sector.
struct LivingExtents {
  typealias Runs = [DeviceNumber: [Range<Int>]]
  /// Physical volumes by their group and the name that segments use.
  typealias Homes = [LVMID: [String: PhysicalVolume]]

  private let volumes: [LogicalVolume]
  private let runsByVolume: [LVMID: Runs]

  init(_ snapshot: NodeSnapshot, on homes: Homes) {
    let sizes = Dictionary(
      (snapshot.lvm.groups.value ?? []).map { ($0.id, $0.extentSizeBytes) },
      uniquingKeysWith: { one, _ in one })
    volumes = (snapshot.lvm.volumes.value ?? []).filter { !$0.isInternal }
    var runs: [LVMID: Runs] = [:]
    for volume in volumes {
      runs[volume.id] = sizes[volume.groupID].flatMap {
        Self.runs(of: volume, extentSizeBytes: $0, on: homes)
      }
    }
    runsByVolume = runs
  }

  /// Physical volumes, to be found by a segment's words.
  static func homes(_ snapshot: NodeSnapshot) -> Homes {
    var homes: Homes = [:]
    for physical in snapshot.lvm.physicalVolumes.value ?? [] {
      if let group = physical.groupID { homes[group, default: [:]][physical.name] = physical }
    }
    return homes
  }

  func runs(of volume: LogicalVolume, on device: DeviceNumber) -> [Range<Int>] {
    runsByVolume[volume.id]?[device] ?? []
  }

  /// The volumes that have some of these sectors, in the order of `lvs`.
  func owners(of sectors: [Range<Int>], on device: DeviceNumber) -> [LogicalVolume] {
    volumes.filter { volume in
      (runsByVolume[volume.id]?[device] ?? []).contains { run in
        sectors.contains { $0.overlaps(run) }
      }
    }
  }

  /// The sectors that LVM's metadata gives a volume; nil where a part of it is no run on a known device.
  static func runs(of volume: LogicalVolume, extentSizeBytes: Int, on homes: Homes) -> Runs? {
    let sectors = extentSizeBytes / 512
    var runs: Runs = [:]
    for segment in volume.segments {
      guard segment.type == "linear" || segment.type == "striped" else { return nil }
      for part in segment.ranges {
        guard let home = homes[volume.groupID]?[part.device], let device = home.device else {
          return nil
        }
        let extents = part.lastExtent &- part.firstExtent &+ 1
        let (offset, tooFar) = part.firstExtent.multipliedReportingOverflow(by: sectors)
        let (count, tooMany) = extents.multipliedReportingOverflow(by: sectors)
        let (start, beyond) = (home.dataStartBytes / 512).addingReportingOverflow(offset)
        guard !tooFar, !tooMany, !beyond, let run = range(from: start, count) else { return nil }
        runs[device, default: []].append(run)
      }
    }
    return runs.isEmpty ? nil : runs
  }

  static func range(from start: Int, _ count: Int) -> Range<Int>? {
    let (end, overflow) = start.addingReportingOverflow(count)
    return overflow || start < 0 || count <= 0 ? nil : start..<end
  }
}

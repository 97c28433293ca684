import BundleFormat
import NodeState

extension Mapping {
  /// Whether both may reach one block: they do by their tables, or a table is unknown.
  func mayCollide(with other: Mapping) -> Bool {
    guard let mine = table.value, let others = other.table.value else { return true }
    return mine.contains { target in
      others.contains { target.reaches(sameBlocksAs: $0) }
    }
  }
}

extension Target {
  fileprivate func reaches(sameBlocksAs other: Target) -> Bool {
    if case .thin(let pool, let id, _) = kind, case .thin(pool, id, _) = other.kind { return true }
    return extents.contains { one in
      other.extents.contains { two in
        one.device == two.device
          && one.startSector < two.startSector.saturatingAdd(other.sectorCount)
          && two.startSector < one.startSector.saturatingAdd(sectorCount)
      }
    }
  }

  /// Where a linear or striped target's sectors are; a stripe is taken for the whole length.
  private var extents: [Extent] {
    switch kind {
    case .linear(let extent): [extent]
    case .striped(_, let extents): extents
    case .thin, .thinPool, .error, .zero, .other: []
    }
  }
}

/// Mappings that reach the same blocks without one being stacked on the other.
public struct Collisions: Sendable {
  /// Positions of the mappings that share sectors with a mapping, and where.
  public let overlaps: [Int: [Overlap]]
  /// Positions of the thin mappings with the same pool and id, ``crowd`` of them at most.
  public let sameThinDevice: [Int: [Int]]
  /// A mapping whose table could not be read: what it reaches is unknown.
  let mappingWithoutTable: String?

  public struct Overlap: Hashable, Sendable {
    public let other: Int
    public let device: DeviceNumber
    public let startSector: Int
    /// The first sector behind the shared range.
    public let endSector: Int
  }

  private struct Interval {
    let device: DeviceNumber
    let start: Int
    let end: Int
    let mapping: Int

    /// By device, start, end and mapping.
    static func precedes(_ left: Interval, _ right: Interval) -> Bool {
      let (one, other) = (left.device.word, right.device.word)
      if one != other { return one < other }
      if left.start != right.start { return left.start < right.start }
      if left.end != right.end { return left.end < right.end }
      return left.mapping < right.mapping
    }
  }

  private struct ThinDevice {
    let pool: DeviceNumber
    let id: Int
    let mapping: Int

    func isSame(as other: ThinDevice) -> Bool { pool == other.pool && id == other.id }

    /// By pool, id and mapping.
    static func precedes(_ left: ThinDevice, _ right: ThinDevice) -> Bool {
      let (one, other) = (left.pool.word, right.pool.word)
      if one != other { return one < other }
      return left.id != right.id ? left.id < right.id : left.mapping < right.mapping
    }
  }

  /// Finds all pairs by one sweep over the sorted intervals: n log n, plus the pairs found.
  ///
  /// A path of a multipath map is the same disk as the map, and a partition of the one as that of the other.
  init(_ mappings: [Mapping], _ special: SpecialMappings, isStacked: (Int, Int) -> Bool) {
    var maps: [DeviceNumber: DeviceNumber] = [:]
    for (_, map) in special.multipathMaps {
      for path in map.dependencies { maps[path] = map.device }
    }
    for (partition, map) in special.partitionsOfMaps {
      for path in map.dependencies {
        if let same = path.partition(partition.number) { maps[same] = partition.device }
      }
    }
    func disk(_ device: DeviceNumber) -> DeviceNumber {
      maps.isEmpty ? device : maps[device] ?? device
    }
    var intervals: [Interval] = []
    var thin: [ThinDevice] = []
    var mappingWithoutTable: String?
    intervals.reserveCapacity(mappings.count)
    for (position, mapping) in mappings.enumerated() {
      guard case .present(let table) = mapping.table else {
        mappingWithoutTable = mappingWithoutTable ?? mapping.name
        continue
      }
      for index in table.indices {
        let sectorCount = table.span[index].sectorCount
        switch table.span[index].kind {
        case .linear(let extent):
          intervals.append(
            Interval(
              device: disk(extent.device), start: extent.startSector,
              end: extent.startSector.saturatingAdd(sectorCount), mapping: position))
        case .striped(_, let extents):
          let count = sectorCount / max(1, extents.count)
          for extent in extents {
            intervals.append(
              Interval(
                device: disk(extent.device), start: extent.startSector,
                end: extent.startSector.saturatingAdd(count), mapping: position))
          }
        case .thin(let pool, let id, _):
          thin.append(ThinDevice(pool: pool, id: id, mapping: position))
        case .thinPool, .error, .zero, .other: break
        }
      }
    }
    self.mappingWithoutTable = mappingWithoutTable
    overlaps = Self.sweep(intervals, isStacked: isStacked)
    sameThinDevice = Self.sameDevices(thin)
  }

  /// Finds the mappings that follow each other with one pool and id once they are sorted.
  ///
  /// Nearly all are alone: only those that share a slot of a table with another are sorted.
  private static func sameDevices(_ thin: [ThinDevice]) -> [Int: [Int]] {
    let slots = 4 * thin.count + 1
    func slot(_ device: ThinDevice) -> Int {
      let mixed = device.pool.word &* 0x9E37_79B9 &+ UInt64(truncatingIfNeeded: device.id)
      return Int(mixed % UInt64(slots))
    }
    var users = Array(repeating: 0 as UInt8, count: slots)
    for device in thin where users[slot(device)] < 2 { users[slot(device)] += 1 }
    let sorted = thin.filter { users[slot($0)] > 1 }.sorted(by: ThinDevice.precedes)
    var same: [Int: [Int]] = [:]
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end].isSame(as: sorted[start]) { end += 1 }
      if sorted[start].mapping != sorted[end - 1].mapping {
        let positions = sorted[start..<end].map(\.mapping)
        for position in positions {
          same[position] = Array(positions.lazy.filter { $0 != position }.prefix(crowd))
        }
      }
      start = end
    }
    return same
  }

  /// How many intervals that lie on one sector are compared with the next, and how many mappings of one thin
  /// device are told: a forged bundle could stack all of its mappings on one. Each mapping still meets the
  /// others that reach furthest.
  private static let crowd = 64

  private static func sweep(
    _ intervals: [Interval], isStacked: (Int, Int) -> Bool
  ) -> [Int: [Overlap]] {
    let sorted = intervals.sorted(by: Interval.precedes)
    var overlaps: [Int: [Overlap]] = [:]
    var active: [Interval] = []
    for interval in sorted {
      func isPast(_ other: Interval) -> Bool {
        other.device != interval.device || other.end <= interval.start
      }
      // Nearly every volume begins where the one before has ended.
      if active.count == 1, isPast(active[0]) {
        active[0] = interval
        continue
      }
      active.removeAll(where: isPast)
      for other in active
      where other.mapping != interval.mapping && !isStacked(other.mapping, interval.mapping) {
        let end = min(other.end, interval.end)
        guard interval.start < end else { continue }
        for (one, two) in [
          (other.mapping, interval.mapping), (interval.mapping, other.mapping),
        ] {
          overlaps[one, default: []].append(
            Overlap(
              other: two, device: interval.device, startSector: interval.start, endSector: end))
        }
      }
      active.append(interval)
      if active.count > crowd,
        let least = active.indices.min(by: { active[$0].end < active[$1].end })
      {
        active.remove(at: least)
      }
    }
    return overlaps
  }
}

extension DeviceNumber {
  /// Both numbers in one, in the same order.
  fileprivate var word: UInt64 { UInt64(major) << 32 | UInt64(minor) }
}

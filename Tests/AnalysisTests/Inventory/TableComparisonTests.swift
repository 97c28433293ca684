import NodeState
import Testing

@testable import Analysis

/// Extents of 4 MiB: 8192 sectors; the first lies at sector 2048.
@Suite struct TableComparisonTests {
  private func compare(
    _ table: [Target], _ volume: LogicalVolume, group: VolumeGroup = Make.group(),
    disks: [PhysicalVolume] = [
      Make.physicalVolume("/dev/sdb", device: "8:16"),
      Make.physicalVolume("/dev/sdc", device: "8:32"),
    ], paths: [String: [String]] = [:], pools: [String: String] = [:]
  ) -> TableComparison {
    let comparer = TableComparer(
      physicalVolumes: [
        Make.id("san"): Dictionary(uniqueKeysWithValues: disks.map { ($0.name, $0) })
      ],
      multipathPaths: Dictionary(
        uniqueKeysWithValues: paths.map {
          (Make.device($0), Set($1.map { Make.device($0) }))
        }),
      poolDevices: [Make.id("san"): pools.mapValues { Make.device($0) }])
    let comparison = comparer.compare(table, with: volume, of: group)
    var memory = TableComparer.Memory()
    for _ in 0..<2 {
      // What is so as usual is told on a shorter way, and says the same.
      #expect(comparer.compare(table, with: volume, of: group, &memory) == comparison)
    }
    return comparison
  }

  private func disk(_ extents: Int, _ segments: [LogicalVolume.Segment]) -> LogicalVolume {
    Make.volume("vm-100-disk-0", sizeBytes: extents * 4_194_304, segments: segments)
  }

  @Test func `a linear table where the metadata says it is agrees`() {
    let volume = disk(2, [Make.segment(count: 2, [("/dev/sdb", 3)])])
    #expect(compare([Make.linear(0, 16384, "8:16", 2048 + 3 * 8192)], volume) == .agrees)
  }

  @Test func `another offset or another device differs`() {
    let volume = disk(2, [Make.segment(count: 2, [("/dev/sdb", 3)])])
    for table in [
      Make.linear(0, 16384, "8:16", 2048), Make.linear(0, 16384, "8:32", 2048 + 3 * 8192),
    ] {
      guard case .extentsDiffer = compare([table], volume) else {
        Issue.record("\(table) passes for the volume's")
        continue
      }
    }
  }

  @Test func `another length is told before another place`() {
    let volume = disk(4, [Make.segment(count: 4, [("/dev/sdb", 0)])])
    #expect(
      compare([Make.linear(0, 16384, "8:32", 0)], volume)
        == .lengthDiffers(live: 16384, metadata: 32768))
  }

  @Test func `several segments agree in whatever order lvs prints them`() {
    let volume = disk(
      3,
      [
        Make.segment(start: 2, count: 1, [("/dev/sdc", 0)]),
        Make.segment(start: 0, count: 2, [("/dev/sdb", 5)]),
      ])
    let table = [
      Make.linear(0, 16384, "8:16", 2048 + 5 * 8192), Make.linear(16384, 8192, "8:32", 2048),
    ]
    #expect(compare(table, volume) == .agrees)
  }

  @Test func `runs that follow each other are one, on either side`() {
    let one = disk(2, [Make.segment(count: 2, [("/dev/sdb", 0)])])
    let two = disk(
      2,
      [
        Make.segment(start: 0, count: 1, [("/dev/sdb", 0)]),
        Make.segment(start: 1, count: 1, [("/dev/sdb", 1)]),
      ])
    let whole = [Make.linear(0, 16384, "8:16", 2048)]
    let parts = [Make.linear(0, 8192, "8:16", 2048), Make.linear(8192, 8192, "8:16", 10240)]
    #expect(compare(parts, one) == .agrees)
    #expect(compare(whole, two) == .agrees)
  }

  @Test func `runs that only touch on the disk are not one`() {
    let volume = disk(2, [Make.segment(count: 2, [("/dev/sdb", 0)])])
    let swapped = [Make.linear(0, 8192, "8:16", 10240), Make.linear(8192, 8192, "8:16", 2048)]
    guard case .extentsDiffer = compare(swapped, volume) else {
      Issue.record("swapped halves agree")
      return
    }
  }

  @Test func `stripes agree in their order and chunk alone`() {
    let volume = disk(
      2,
      [
        Make.segment(
          "striped", count: 2, [("/dev/sdb", 0), ("/dev/sdc", 0)], stripeSizeBytes: 65536)
      ])
    func striped(_ chunk: Int, _ devices: [String]) -> Target {
      Make.target(
        0, 16384,
        .striped(
          chunkSectors: chunk,
          devices.map { Target.Extent(device: Make.device($0), startSector: 2048) }))
    }
    #expect(compare([striped(128, ["8:16", "8:32"])], volume) == .agrees)
    for wrong in [striped(128, ["8:32", "8:16"]), striped(64, ["8:16", "8:32"])] {
      guard case .extentsDiffer = compare([wrong], volume) else {
        Issue.record("\(wrong) agrees")
        continue
      }
    }
  }

  @Test func `a path of the physical volume's multipath map is no other place`() {
    let volume = disk(1, [Make.segment(count: 1, [("/dev/mapper/mpatha", 0)])])
    let disks = [Make.physicalVolume("/dev/mapper/mpatha", device: "253:0")]
    let table = [Make.linear(0, 8192, "8:16", 2048)]
    #expect(compare(table, volume, disks: disks, paths: ["253:0": ["8:16", "8:32"]]) == .agrees)
    guard case .extentsDiffer = compare(table, volume, disks: disks) else {
      Issue.record("without the map, 8:16 passes for 253:0")
      return
    }
  }

  @Test func `a thin volume agrees by its id and its pool`() {
    let volume = Make.volume(
      "vm-100-disk-0", attributes: "Vwi-------", sizeBytes: 4_194_304, pool: "data",
      segments: [Make.segment("thin", count: 1, thinID: 7)])
    func thin(_ pool: String, _ id: Int) -> [Target] {
      [Make.target(0, 8192, .thin(pool: Make.device(pool), id: id, externalOrigin: nil))]
    }
    #expect(compare(thin("253:5", 7), volume, pools: ["data": "253:5"]) == .agrees)
    // The pool's own mapping may not be in the list.
    #expect(compare(thin("253:5", 7), volume) == .agrees)
    for table in [thin("253:5", 8), thin("253:6", 7)] {
      guard case .extentsDiffer = compare(table, volume, pools: ["data": "253:5"]) else {
        Issue.record("\(table) agrees")
        continue
      }
    }
  }

  @Test func `a target of another kind than the metadata's is another place`() {
    let plain = disk(1, [Make.segment(count: 1, [("/dev/sdb", 0)])])
    let thin = Make.volume(
      "vm-100-disk-0", attributes: "Vwi-------", sizeBytes: 4_194_304, pool: "data",
      segments: [Make.segment("thin", count: 1, thinID: 7)])
    func cache(_ start: Int, _ count: Int) -> Target {
      Make.target(start, count, .other(type: "cache", devices: [Make.device("253:1")]))
    }
    #expect(
      compare([cache(0, 8192)], plain)
        == .extentsDiffer(
          live: "a target of type cache", metadata: "sectors 0 to 8191 on 8:16 at sector 2048"))
    #expect(
      compare([Make.target(0, 8192, .zero)], plain)
        == .extentsDiffer(
          live: "a target of type zero", metadata: "sectors 0 to 8191 on 8:16 at sector 2048"))
    #expect(
      compare([Make.linear(0, 8192, "8:16", 2048)], thin)
        == .extentsDiffer(live: "a target of type linear", metadata: "thin id 7"))
    #expect(
      compare([cache(0, 4096), cache(4096, 4096)], thin)
        == .extentsDiffer(live: "2 targets of type cache", metadata: "thin id 7"))
    // Of a cached volume the metadata has a layer between, which is not compared.
    let cached = Make.volume("vm-100-disk-0", attributes: "Cwi---C---", sizeBytes: 4_194_304)
    guard case .notCompared = compare([Make.linear(0, 8192, "8:16", 2048)], cached) else {
      Issue.record("a cached volume was compared")
      return
    }
  }

  @Test func `what pvmove is at, snapshots and other kinds are not compared`() {
    let moving = disk(1, [Make.segment(count: 1, [("pvmove0", 0)])])
    let origin = Make.volume("vm-100-disk-0", attributes: "owi-------", sizeBytes: 4_194_304)
    let snapshot = Make.volume("backup", attributes: "swi-------", sizeBytes: 4_194_304)
    for volume in [moving, origin, snapshot] {
      guard case .notCompared = compare([Make.linear(0, 99, "8:16", 1)], volume) else {
        Issue.record("\(volume.name) \(volume.attributes) was compared")
        continue
      }
    }
  }

  @Test func `nothing is compared with a disk of unknown number or a group without extents`() {
    let volume = disk(1, [Make.segment(count: 1, [("/dev/sdb", 0)])])
    let table = [Make.linear(0, 8192, "8:16", 2048)]
    let unknown = [Make.physicalVolume("/dev/sdb")]
    guard case .notCompared = compare(table, volume, disks: unknown),
      case .notCompared = compare(table, volume, group: Make.group(extentSizeBytes: 0))
    else {
      Issue.record("it was compared")
      return
    }
  }

  @Test func `numbers beyond all sizes overflow nothing`() {
    let largest = Int.max
    let volume = Make.volume(
      "vm-100-disk-0", sizeBytes: largest,
      segments: [
        Make.segment(start: largest, count: 1, [("/dev/sdb", largest - 2)]),
        Make.segment(start: largest - 1, count: 1, [("/dev/sdb", largest - 2)]),
      ])
    let tables = [
      [Make.linear(0, largest / 512, "8:16", largest)],
      [Make.linear(0, largest, "8:16", 0), Make.linear(largest, largest, "8:16", largest)],
    ]
    for table in tables {
      #expect(
        compare(table, volume, group: Make.group(extentSizeBytes: largest)) != .agrees)
    }
  }
}

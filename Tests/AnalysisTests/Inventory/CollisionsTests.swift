import NodeState
import Testing

@testable import Analysis

@Suite struct CollisionsTests {
  private func collisions(
    _ mappings: [Mapping], isStacked: (Int, Int) -> Bool = { _, _ in false }
  ) -> Collisions {
    Collisions(mappings, SpecialMappings(mappings), isStacked: isStacked)
  }

  @Test func `ranges that share a sector overlap, and neighbours do not`() {
    let mappings = [
      Make.mapping("a", device: "253:0", table: [Make.linear(0, 100, "8:16", 0)]),
      Make.mapping("b", device: "253:1", table: [Make.linear(0, 100, "8:16", 99)]),
      Make.mapping("c", device: "253:2", table: [Make.linear(0, 100, "8:16", 199)]),
      Make.mapping("d", device: "253:3", table: [Make.linear(0, 100, "8:32", 0)]),
    ]
    let found = collisions(mappings).overlaps
    #expect(found.keys.sorted() == [0, 1])
    #expect(
      found[0] == [
        .init(other: 1, device: Make.device("8:16"), startSector: 99, endSector: 100)
      ])
  }

  @Test func `what is stacked on each other does not collide`() {
    let mappings = [
      Make.mapping("a", device: "253:0", table: [Make.linear(0, 100, "8:16", 0)]),
      Make.mapping("b", device: "253:1", table: [Make.linear(0, 100, "8:16", 0)]),
    ]
    #expect(collisions(mappings) { _, _ in true }.overlaps.isEmpty)
  }

  @Test func `each stripe has its share of a striped target`() {
    let striped = Make.target(
      0, 200,
      .striped(
        chunkSectors: 10,
        [
          .init(device: Make.device("8:16"), startSector: 0),
          .init(device: Make.device("8:32"), startSector: 0),
        ]))
    let mappings = [
      Make.mapping("a", device: "253:0", table: [striped]),
      Make.mapping("b", device: "253:1", table: [Make.linear(0, 10, "8:32", 95)]),
      Make.mapping("c", device: "253:2", table: [Make.linear(0, 10, "8:16", 100)]),
    ]
    #expect(collisions(mappings).overlaps.keys.sorted() == [0, 1])
  }

  @Test func `one pool and one id make the same thin device`() {
    func thin(_ name: String, _ device: String, _ pool: String, _ id: Int) -> Mapping {
      let kind = Target.Kind.thin(pool: Make.device(pool), id: id, externalOrigin: nil)
      return Make.mapping(name, device: device, table: [Make.target(0, 8, kind)])
    }
    let found = collisions([
      thin("a", "253:1", "253:0", 1), thin("b", "253:2", "253:0", 1),
      thin("c", "253:3", "253:0", 2), thin("d", "253:4", "253:9", 1),
    ])
    #expect(found.sameThinDevice == [0: [1], 1: [0]])
    #expect(found.overlaps.isEmpty)
    // A forged list may have one of them ten thousand times; each is told some others.
    let many = collisions((0..<10_000).map { thin("m\($0)", "253:\($0)", "254:0", 1) })
    #expect(many.sameThinDevice.count == 10_000)
    #expect(many.sameThinDevice.values.allSatisfy { $0.count == 64 })
  }

  @Test func `ends beyond the last sector overflow nothing`() {
    let mappings = [
      Make.mapping("a", device: "253:0", table: [Make.linear(0, .max, "8:16", .max)]),
      Make.mapping("b", device: "253:1", table: [Make.linear(0, .max, "8:16", .max - 1)]),
    ]
    #expect(collisions(mappings).overlaps.count <= 2)
  }

  @Test(arguments: 0..<200) func `the sweep finds what comparing all pairs finds`(seed: Int) {
    var generator = SeededNumbers(seed: UInt64(seed))
    let mappings = (0..<40).map { index in
      var start = 0
      let table = (0..<generator.below(4)).map { _ -> Target in
        let count = 1 + generator.below(30)
        defer { start += count }
        return Make.linear(start, count, "8:\(generator.below(2))", generator.below(800))
      }
      return Make.mapping("m\(index)", device: "253:\(index)", table: table)
    }
    let found = collisions(mappings).overlaps.mapValues { Set($0.map(\.other)) }
    #expect(found == Self.bruteForce(mappings), "seed \(seed)")
  }

  private static func bruteForce(_ mappings: [Mapping]) -> [Int: Set<Int>] {
    func ranges(_ mapping: Mapping) -> [(DeviceNumber, Range<Int>)] {
      (mapping.table.value ?? []).compactMap { target in
        guard case .linear(let extent) = target.kind else { return nil }
        return (extent.device, extent.startSector..<extent.startSector + target.sectorCount)
      }
    }
    var found: [Int: Set<Int>] = [:]
    for one in mappings.indices {
      for other in mappings.indices where one != other {
        let meets = ranges(mappings[one]).contains { left in
          ranges(mappings[other]).contains { $0.0 == left.0 && $0.1.overlaps(left.1) }
        }
        if meets { found[one, default: []].insert(other) }
      }
    }
    return found
  }
}

/// Numbers that follow from a seed. Source: splitmix64.
struct SeededNumbers {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((value ^ (value >> 31)) % UInt64(bound))
  }
}

import NodeState
import Testing

@testable import Analysis

@Suite struct MappingStackTests {
  private func stack(_ mappings: [Mapping]) -> MappingStack {
    MappingStack(mappings, SpecialMappings(mappings), positions: DevicePositions(mappings))
  }

  @Test func `closed partitions hold nobody's mapping open`() {
    let disk = "LVM-\(Make.id("san"))\(Make.id("disk"))"
    func opens(_ whole: Int, _ first: Int, _ second: Int) -> Int {
      stack([
        Make.mapping("d", device: "253:0", uuid: disk, open: whole),
        Make.mapping("d1", device: "253:1", uuid: "part1-\(disk)", open: first, on: ["253:0"]),
        Make.mapping("d2", device: "253:2", uuid: "part2-\(disk)", open: second, on: ["253:0"]),
      ]).ownOpenCount(of: 0)
    }
    #expect(opens(2, 0, 0) == 0)
    #expect(opens(3, 0, 0) == 1)
    #expect(opens(2, 1, 0) == 1)
    #expect(opens(0, 0, 0) == 0)
  }

  @Test
  func `partitions of partitions are counted once each, in whatever number they lie on each other`()
  {
    // Nine layers of forty, each on all of the one below: as paths, more than could ever be counted.
    var mappings: [Mapping] = []
    for layer in 0..<9 {
      let uuid = String(repeating: "part1-", count: layer) + "mpath-a"
      let below = layer == 0 ? [] : (0..<40).map { "253:\((layer - 1) * 40 + $0)" }
      for number in 0..<40 {
        mappings.append(
          Make.mapping(
            "m\(layer)-\(number)", device: "253:\(layer * 40 + number)", uuid: uuid,
            open: layer == 8 ? 0 : 40, on: below))
      }
    }
    let stack = stack(mappings)
    #expect(stack.ownOpenCount(of: 8 * 40) == 0)
    #expect(stack.ownOpenCount(of: 7 * 40) == 0)
    #expect(stack.ownOpenCount(of: 0) == 0)
  }
}

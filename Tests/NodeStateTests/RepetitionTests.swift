import BundleFormat
import TestSupport
import Testing

@testable import NodeState

/// What the second reading repeats is taken over from the first, and never anything else.
@Suite struct RepetitionTests {
  private let info = """
    a||253|0|0|1|0|L--w
    b||253|1|0|2|0|L--w
    c||253|2|0|0|0|---w
    d||253|3|0|1|0|L--w
    e||253|4|0|1|0|L--w

    """
  private let table = """
    a: 0 8 linear 8:16 2048
    b: 0 8 linear 8:16 4096
    b: 8 8 linear 8:32 4096
    c:\u{20}
    d: 0 8 zero\u{20}
    e: 0 8 linear 8:16 8192

    """

  private func snapshot(_ info: String, _ table: String) -> NodeSnapshot {
    var bundle = BundleOfCaptures()
    bundle.add(.dmsetupInfo, .command, self.info)
    bundle.add(.dmsetupTable, .command, self.table)
    bundle.add(.dmsetupInfo, .command, info, reading: 2)
    bundle.add(.dmsetupTable, .command, table, reading: 2)
    return bundle.snapshot
  }

  /// What a mapping says, without where it says it.
  private func words(_ mappings: Observed<[Mapping]>) -> [String]? {
    mappings.value?.map { mapping in
      let table = mapping.table.value?.map { "\($0.startSector) \($0.sectorCount) \($0.kind)" }
      return "\(mapping.name) \(mapping.uuid?.description ?? "-") \(mapping.device) "
        + "\(mapping.openCount) \(mapping.attributes) \(mapping.dependencies) "
        + "\(table.map { "\($0)" } ?? "no table")"
    }
  }

  @Test func `a mapping of which both readings say the same is one`() throws {
    let later = snapshot(
      info.replacing("d||253|3|0", with: "d||253|3|1"),
      table.replacing("8:16 8192", with: "8:16 9000"))
    let first = try #require(later.first.mappings.value)
    let second = try #require(later.second.mappings.value)
    #expect(zip(first, second).map { $0 === $1 } == [true, true, false, false, false])
    #expect(second[3].openCount == 1 && first[3].openCount == 0)
    #expect(later.text(at: second[3].location) == "d||253|3|1|1|0|L--w")
    #expect(later.text(at: second[4].location) == "e||253|4|0|1|0|L--w")
    #expect(later.source(of: second[4].location) == .dmsetupInfo)
    let target = try #require(second[4].table.value?.first)
    #expect(later.text(at: target.location) == "e: 0 8 linear 8:16 9000")
    #expect(target.location.line == 6)
  }

  @Test func `mappings that went and came leave the others the same`() throws {
    let later = snapshot(
      info.replacing("b||253|1|0|2|0|L--w\n", with: "aa||253|9|0|1|0|L--w\n"),
      table.replacing(
        "b: 0 8 linear 8:16 4096\nb: 8 8 linear 8:32 4096\n", with: "aa: 0 8 error \n"))
    let first = try #require(later.first.mappings.value)
    let second = try #require(later.second.mappings.value)
    #expect(second.map(\.name) == ["a", "aa", "c", "d", "e"])
    #expect(second[0] === first[0] && second[3] === first[3] && second[4] === first[4])
    #expect(second[1].table.value?.map(\.kind) == [.error])
  }

  @Test func `a line too many takes a table away that was the same so far`() throws {
    let later = snapshot(info, table + "a: 8 8 linear 8:16 4096\n")
    let second = try #require(later.second.mappings.value)
    #expect(second[0].table.gap?.reason == "a has 2 of 1 targets")
    #expect(second[4].table.value?.count == 1)
  }

  @Test func `whatever changes between the readings, the second one is read for what it is`() {
    for seed in UInt64(1)...400 {
      var random = SeededGenerator(seed: seed)
      func changed(_ text: String) -> String {
        var lines = text.split(separator: "\n").map(String.init)
        for _ in 0..<Int.random(in: 0...2, using: &random) where !lines.isEmpty {
          let place = lines.indices.randomElement(using: &random) ?? 0
          switch Int.random(in: 0...4, using: &random) {
          case 0: lines.remove(at: place)
          case 1: lines.insert(lines[place], at: place)
          case 2: lines.swapAt(place, lines.count - 1)
          case 3: lines[place] = lines[place].replacing("8", with: "9")
          default: lines.insert("x" + lines[place], at: place)
          }
        }
        return lines.map { $0 + "\n" }.joined()
      }
      let (info, table) = (changed(info), changed(table))
      let later = snapshot(info, table).second.mappings
      var alone = BundleOfCaptures()
      alone.add(.dmsetupInfo, .command, info)
      alone.add(.dmsetupTable, .command, table)
      #expect(words(later) == words(alone.snapshot.first.mappings), "seed \(seed)")
    }
  }

  @Test func `a configuration that the second reading repeats is the first's`() throws {
    var bundle = BundleOfCaptures()
    let folder = "files/etc/pve/nodes/pve1/qemu-server"
    for (id, name) in [(100, "a"), (101, "b"), (102, "c"), (103, "d")] {
      bundle.add(.guestConfigs, .files, "name: \(name)\n", path: "\(folder)/\(id).conf")
    }
    for (id, name) in [(100, "a"), (102, "c"), (103, "other"), (104, "e")] {
      bundle.add(
        .guestConfigs, .files, "name: \(name)\n", reading: 2,
        path: "second/\(folder)/\(id).conf")
    }
    let snapshot = bundle.snapshot
    let first = try #require(snapshot.first.configurations.value)
    let second = try #require(snapshot.second.configurations.value)
    #expect(second.map(\.id.number) == [100, 102, 103, 104])
    #expect(second[0] === first[0] && second[1] === first[2])
    #expect(second[2] !== first[3] && second[2].name == "other")
    #expect(snapshot.second.unreadConfigurations.isEmpty)
  }

  @Test func `a configuration that was altered is not the first's`() throws {
    var bundle = BundleOfCaptures()
    let path = "files/etc/pve/nodes/pve1/qemu-server/100.conf"
    bundle.add(.guestConfigs, .files, "name: a\n", path: path)
    bundle.add(
      .guestConfigs, .files, "name: a\n", reading: 2, path: "second/" + path, isIntact: false)
    let snapshot = bundle.snapshot
    #expect(snapshot.second.configurations.value?.isEmpty == true)
    #expect(snapshot.second.unreadConfigurations.map(\.id) == [GuestID(100)])
  }
}

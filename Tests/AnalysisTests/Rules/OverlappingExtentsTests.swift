import Analysis
import BundleFormat
import NodeState
import SmallNode
import Testing

@Suite struct OverlappingExtentsTests {
  /// A node with mappings of one name pattern that all map the same sectors of the same two disks.
  private func findings(mappings count: Int) -> [Finding] {
    var node = SmallNode()
    for number in 1...count {
      let name = "copy\(number)"
      node.texts[.dmsetupInfo]! += "\(name)||253|\(number)|0|2|0|L--w\n"
      node.texts[.dmsetupTable]! +=
        "\(name): 0 8 linear 8:32 0\n\(name): 8 8 linear 8:48 0\n"
    }
    return Assessment(of: NodeSnapshot(reading: node.bundle)).findings
      .filter { $0.rule.name == "overlapping-extents" }
  }

  @Test func `a mapping that shares several ranges is named once`() throws {
    let found = findings(mappings: 2)
    #expect(found.map(\.subject) == ["copy1", "copy2"])
    let first = try #require(found.first)
    #expect(first.why.contains("sectors 0 to 7 of 8:32, and so does copy2. LVM's"))
    #expect(first.evidence.count == 6)
    #expect(Set(first.evidence).count == 6)
  }

  @Test func `what is too much to be named is counted by mapping`() throws {
    let first = try #require(findings(mappings: 6).first)
    #expect(first.why.contains("so does copy2, copy3, copy4 and 2 more."))
  }
}

import BundleFormat
import NodeState
import SmallNode
import Testing

@testable import Analysis

/// One node before and after a cleanup.
struct NodeComparisonTests {
  private static let plan = String(repeating: "cd", count: 32)
  private static let ghost = "ssd-vm--105--disk--0"
  private static var uuid: String { "LVM-\(SmallNode.groupID)\(SmallNode.ghostID)" }

  private func judged(_ node: SmallNode, later: Int64 = 0) -> Assessment {
    var node = node
    node.collectedAt = Timestamp(
      secondsSinceEpoch: node.collectedAt.secondsSinceEpoch + later)
    return Assessment(of: NodeSnapshot(reading: node.bundle))
  }

  private func journal(_ outcomes: String..., plan: String = plan) -> CleanupJournal {
    let lines = outcomes.map {
      "2026-11-22T20:00:00Z\tpve1\t\(plan)\t2\tghost-mapping\t\(Self.ghost)\t\(Self.uuid)\t\($0)\tsaid\n"
    }
    return CleanupJournal(parsing: Array(lines.joined().utf8))
  }

  private func compare(
    _ old: SmallNode, _ new: SmallNode, _ journal: CleanupJournal? = nil
  ) throws(ComparisonError) -> NodeComparison {
    try NodeComparison(
      from: judged(old), to: judged(new, later: 3600), plan: Self.plan, journal: journal)
  }

  @Test func `what the journal says was removed and is gone went`() throws {
    let comparison = try compare(.withGhost, SmallNode(), journal("removing", "removed"))
    #expect(comparison.fates.map(\.standing) == [.removed])
    #expect(comparison.fates.first?.last?.words == "said")
    #expect(comparison.isClosed)
    #expect(comparison.goneOtherwise.isEmpty && comparison.added.isEmpty)
    #expect(comparison.findingsGone.map(\.rule.name) == ["ghost-mapping"])
    #expect(comparison.isRebooted == false)
  }

  @Test(arguments: [
    (["refused"], false, PlannedFate.Standing.vanished), ([], false, .vanished),
    (["removing"], false, .cutOff), (["removed", "restored"], true, .restored),
    (["removed"], true, .back), (["removing", "failed"], true, .remains),
    (["skipped"], true, .remains), ([], true, .remains), (["removed", "there"], true, .restored),
    (["surprise"], false, .removed),
  ])
  func `a step's standing follows from the bundle and the journal's last word`(
    _ outcomes: [String], _ isThere: Bool, _ standing: PlannedFate.Standing
  ) throws {
    let log = CleanupJournal(
      parsing: outcomes.flatMap { outcome in
        Array(
          ("2026-11-22T20:00:00Z\tpve1\t\(Self.plan)\t2\tghost-mapping\t\(Self.ghost)\t"
            + "\(Self.uuid)\t\(outcome)\t\n").utf8)
      })
    let comparison = try compare(.withGhost, isThere ? .withGhost : SmallNode(), log)
    #expect(comparison.fates.map(\.standing) == [standing])
    #expect(comparison.isClosed == !isThere)
  }

  @Test func `another plan's journal says nothing of this one`() throws {
    let other = journal("removed", plan: String(repeating: "ef", count: 32))
    let comparison = try compare(.withGhost, SmallNode(), other)
    #expect(comparison.fates.map(\.standing) == [.vanished])
    #expect(comparison.journal?.used == 0 && comparison.journal?.others == 1)
  }

  @Test func `without a journal what is gone is not called the script's doing`() throws {
    let comparison = try compare(.withGhost, SmallNode())
    #expect(comparison.fates.map(\.standing) == [.vanished])
    #expect(comparison.journal == nil)
  }

  @Test func `a mapping of the same name and another uuid is another mapping`() throws {
    var new = SmallNode()
    let uuid = "LVM-\(SmallNode.groupID)\(String(SmallNode.ghostID.reversed()))"
    new.texts[.dmsetupInfo]! += "\(Self.ghost)|\(uuid)|253|1|0|1|0|L--w\n"
    new.texts[.dmsetupTable]! += "\(Self.ghost): 0 65536 linear 8:16 67584\n"
    let comparison = try compare(.withGhost, new, journal("removed"))
    #expect(comparison.fates.map(\.standing) == [.removed])
    #expect(comparison.added.map(\.mapping.name) == [Self.ghost])
  }

  @Test func `what came is new, and keeps the case open`() throws {
    let comparison = try compare(SmallNode(), .withGhost)
    #expect(comparison.fates.isEmpty)
    #expect(comparison.added.map(\.mapping.name) == [Self.ghost])
    #expect(comparison.added.first?.before == nil)
    #expect(comparison.findingsCome.map(\.rule.name) == ["ghost-mapping"])
    #expect(!comparison.isClosed)
  }

  @Test func `a mapping that is judged differently is named with both verdicts`() throws {
    var new = SmallNode()
    new.texts[.qemuProcesses] = ""
    new.texts[.qmList] = SmallNode.machineList("100 web stopped")
    let comparison = try compare(SmallNode(), new)
    #expect(comparison.changed.map(\.before?.rule.name) == ["running-disk"])
    #expect(comparison.changed.map(\.now?.rule.name) == ["stopped-guest-open"])
    #expect(try compare(SmallNode(), SmallNode()).changed.isEmpty)
  }

  @Test func `a reboot is seen by the boot id`() throws {
    let old = judged(.withGhost)
    let bundle = judged(SmallNode(), later: 60).snapshot.bundle
    var manifest = bundle.manifest
    func compare() throws -> Bool? {
      let new = NodeBundle(
        manifest: manifest, finishedAt: bundle.finishedAt, entries: bundle.entries, sha256: nil,
        source: "new")
      return try NodeComparison(
        from: old, to: Assessment(of: NodeSnapshot(reading: new)), plan: Self.plan
      ).isRebooted
    }
    #expect(try compare() == false)
    manifest.node.bootID = "5f3c1d2e-0000-4000-8000-000000000002"
    #expect(try compare() == true)
    manifest.node.bootID = nil
    #expect(try compare() == nil)
  }

  @Test func `two nodes, two machines and the wrong order are refused`() {
    var other = SmallNode()
    other.name = "pve2"
    other.texts[.pveMembers] = other.texts[.pveMembers]?.replacing("pve1", with: "pve2")
    #expect(throws: ComparisonError.otherNode(old: "pve1", new: "pve2")) {
      try compare(SmallNode(), other)
    }
    let bundle = judged(SmallNode(), later: 60).snapshot.bundle
    var manifest = bundle.manifest
    manifest.node.machineID = "ffffffffffffffffffffffffffffffff"
    let machine = NodeBundle(
      manifest: manifest, finishedAt: nil, entries: bundle.entries, sha256: nil, source: "new")
    #expect(throws: ComparisonError.otherMachine(node: "pve1")) {
      try NodeComparison(
        from: judged(SmallNode()), to: Assessment(of: NodeSnapshot(reading: machine)),
        plan: Self.plan)
    }
    #expect(throws: (any Error).self) {
      try NodeComparison(
        from: judged(SmallNode(), later: 60), to: judged(SmallNode()), plan: Self.plan)
    }
  }

  @Test func `without the mappings nothing is called gone`() {
    var blind = SmallNode()
    blind.lacking = [.dmsetupInfo]
    #expect(throws: (any Error).self) { try compare(.withGhost, blind, journal("removed")) }
    #expect(throws: (any Error).self) { try compare(blind, SmallNode()) }
  }
}

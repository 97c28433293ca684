import Analysis
import BundleFormat
import NodeState
import Rendering
import SmallNode
import Testing

/// Two bundles of one node, as people and programs read it.
struct DifferenceTextTests {
  private func judged(_ node: SmallNode, later: Int64 = 0) -> Assessment {
    var node = node
    node.collectedAt = Timestamp(
      secondsSinceEpoch: node.collectedAt.secondsSinceEpoch + later)
    return Assessment(of: NodeSnapshot(reading: node.bundle))
  }

  private func comparison(_ outcome: String, words: String) throws -> NodeComparison {
    let old = judged(.withGhost)
    let plan = PlanDigest(of: old.plan).hex
    let step = try #require(old.plan.phase2.first)
    let line =
      "2026-11-22T20:00:00Z\tpve1\t\(plan)\t2\tghost-mapping\t\(step.mapping)\t\(step.uuid ?? "-")\t"
      + "\(outcome)\t\(words)\n"
    return try NodeComparison(
      from: old, to: judged(SmallNode(), later: 3600), plan: plan,
      journal: CleanupJournal(parsing: Array((line + "rubbish\n").utf8)))
  }

  @Test func `a closed case names what went, when and with which words`() throws {
    let text = DifferenceText(try comparison("removed", words: "ended with 0: ")).text
    #expect(
      text.hasPrefix(
        "Node pve1, 2026-11-22T19:54:00Z compared with 2026-11-22T20:54:00Z\nGrade B before, A+ now"
      ))
    #expect(text.contains("\nPlanned to go: 1, 1 went, 0 there\n"))
    #expect(text.contains("\n  went      ssd-vm--105--disk--0  LVM-"))
    #expect(text.contains("phase 2, ghost-mapping; removed 2026-11-22T20:00:00Z: ended with 0"))
    #expect(
      text.contains("\nJournal: 1 lines of this plan, 0 of others, 1 unreadable\n  line 2 has"))
    #expect(text.contains("\nFindings that went: 1\n  warning   ghost-mapping"))
    #expect(!text.contains("Rebooted"))
  }

  @Test func `words of a journal do not reach the terminal as they are`() throws {
    let comparison = try comparison("refused", words: "\u{1B}[2J\u{202E}")
    let text = DifferenceText(comparison).text
    #expect(text.contains(#"\x1b[2J\u{202e}"#))
    #expect(!text.utf8.contains(0x1B))
    #expect(!String(decoding: DifferenceJSON(comparison).bytes, as: UTF8.self).utf8.contains(0x1B))
  }

  @Test func `the JSON has every key, and null for what is not known`() throws {
    let bytes = DifferenceJSON(try comparison("removed", words: "")).bytes
    let json = try JSONValue(parsing: bytes)
    for key in [
      "schema", "node", "rebooted", "closed", "old", "new", "plan", "journal", "gone", "added",
      "changed", "findingsCome", "findingsGone", "findingsChanged",
    ] {
      #expect(json[key] != nil, "\(key)")
    }
    let alone = try NodeComparison(
      from: judged(SmallNode()), to: judged(SmallNode(), later: 60), plan: "")
    #expect(
      String(decoding: DifferenceJSON(alone).bytes, as: UTF8.self).contains("\"journal\": null"))
  }

  @Test func `the plan's digest is the same in report, script and comparison`() throws {
    let assessment = judged(.withGhost)
    let digest = PlanDigest(of: assessment.plan).hex
    #expect(TextReport(assessment).text.contains("\n  plan \(digest)\n"))
    #expect(CleanupScript(assessment)?.text.contains("\nplan=\(digest)\n") == true)
    #expect(
      DifferenceText(try comparison("removed", words: "")).text.contains("\n  plan \(digest)\n"))
    #expect(!TextReport(judged(SmallNode())).text.contains("plan "))
  }
}

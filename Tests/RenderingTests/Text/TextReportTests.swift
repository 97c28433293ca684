import Analysis
import BundleFormat
import NodeState
import Rendering
import SmallNode
import Testing

struct TextReportTests {
  private let snapshot = NodeSnapshot(reading: SmallNode.withGhost.bundle)

  @Test func `one line a finding, then the plan`() {
    let assessment = Assessment(of: snapshot)
    #expect(
      TextReport(assessment).text == """
        Node pve1 of cluster lab, collected 2026-11-22T19:54:00Z
        Grade B, score 100 of 100, capped at B by ghost-mapping:ssd-vm--105--disk--0; \
        A+ after the cleanup
        2 mappings: 1 valid, 1 orphaned

        Findings: 1 warning
        warning   ghost-mapping  ssd-vm--105--disk--0  LVM no longer has this volume (ssd read in \
        full, 1 volume), it is not open, and no configuration of any node names it.

        Plan: 0 in phase 1, 1 in phase 2, 0 refused
          plan \(PlanDigest(of: assessment.plan).hex)
          phase 2  ssd-vm--105--disk--0  dmsetup remove -u \
        LVM-\(SmallNode.groupID)\(SmallNode.ghostID)
          Write the script: dmanalyze script BUNDLE -o cleanup.sh
          On the node, as root: sh cleanup.sh checks, and changes nothing

        """)
  }

  @Test func `without a grade it says which mappings could not be judged`() {
    var node = SmallNode.withGhost
    node.lacking = [.vgs]
    let text = TextReport(Assessment(of: NodeSnapshot(reading: node.bundle))).text
    #expect(
      text.contains(
        """
        Grade: none, since too much is unknown
          2 of 2 mappings could not be judged (ssd-vm--100--disk--0, ssd-vm--105--disk--0)

        """))
  }

  @Test func `partitions that go with their mapping are counted beside it`() {
    let assessment = Assessment(of: NodeSnapshot(reading: SmallNode.withPartition.bundle))
    let rows = (assessment.plan.phase1 + assessment.plan.phase2).flatMap { $0.children + [$0] }
    #expect(rows.count == 2)
    let text = TextReport(assessment).text
    #expect(text.contains("Plan: 0 in phase 1, 1 and 1 partition in phase 2, 0 refused\n"))
    #expect(text.split(separator: "\n").count { $0.hasPrefix("  phase 2") } == rows.count)
    let markdown = MarkdownReport(assessment).text
    #expect(markdown.contains("0 in phase 1, 1 and 1 partition in phase 2, 0 refused."))
    #expect(markdown.split(separator: "\n").count { $0.hasPrefix("- phase 2") } == rows.count)
    let page = String(decoding: ReportPage(assessment).bytes, as: UTF8.self)
    #expect(page.contains("1 step and 1 partition of the plan"))
    #expect(page.contains("<b>1 and 1 partition</b> in phase 2"))
  }

  @Test func `what is ignored has a part of its own, with the reason`() throws {
    let list = try IgnoreList(parsing: "ghost-mapping until 2027-01-31 # next \u{1B}window")
    let text = TextReport(Assessment(of: snapshot, ignoring: list)).text
    #expect(text.contains("Grade A+, score 100 of 100; B if nothing was ignored\n"))
    #expect(text.contains("\nNo findings but ignored ones.\n\nIgnored: 1 warning\nwarning   "))
    #expect(text.contains(#"names it.  [ignored until 2027-01-31: next \x1bwindow]"#))
    #expect(text.contains("Plan: 0 in phase 1, 1 in phase 2"))
  }

  @Test func `v27's words stand beside ours`() {
    let text = TextReport(Assessment(of: snapshot, comparing: true)).text
    #expect(
      text.hasSuffix(
        """

        v27 said: grade A+, WARNING, 1 valid, 1 stale, 1 orphaned, 0 duplicate, 0 missing
          ssd-vm--100--disk--0  valid running-disk      v27: valid
          ssd-vm--105--disk--0  orphaned ghost-mapping  v27: stale and orphaned

        """))
  }

  @Test func `v27 alone counts an entry twice and has no plan`() {
    #expect(
      TextReport(Assessment(of: snapshot, policy: .v27)).text == """
        Node pve1 of cluster lab, collected 2026-11-22T19:54:00Z
        Grade A+, score 100 of 100, WARNING by v27's rules
        2 mappings: 1 valid, 1 stale, 1 orphaned

        Findings: 2 warning
        warning   v27-orphaned  ssd-vm--105--disk--0  v27 says stale and orphaned: VM 105 is not \
        running by qm list, which does not have it.
        warning   v27-stale  ssd-vm--105--disk--0  v27 says stale and orphaned: VM 105 is not \
        running by qm list, which does not have it.

        """)
  }

  @Test func `what v27 could not have asked is said`() {
    var node = SmallNode.withGhost
    node.lacking = [.qmList]
    let assessment = Assessment(of: NodeSnapshot(reading: node.bundle), comparing: true)
    #expect(
      TextReport(assessment).text.hasSuffix(
        "\nv27 said: nothing, since it asks qm list, and qm-list: not collected\n"))
  }
}

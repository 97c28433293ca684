import Analysis
import BundleFormat
import NodeState
import SmallNode
import Testing

@testable import Rendering

struct ReportPageTests {
  private func page(
    _ node: SmallNode = .withGhost, ignoring list: IgnoreList = .empty, comparing: Bool = false,
    policy: Policy = .evidence
  ) -> String {
    let assessment = Assessment(
      of: NodeSnapshot(reading: node.bundle), policy: policy, ignoring: list, comparing: comparing)
    return String(decoding: ReportPage(assessment).bytes, as: UTF8.self)
  }

  @Test func `the verdict comes first, with word and letter`() {
    let page = page()
    #expect(page.contains("<h1>pve1</h1>"))
    #expect(page.contains("Grade B: needs care"))
    #expect(page.contains("1 warning will hurt later."))
    #expect(page.contains("capped at <b>B</b> by <a href=\"#ghost-mapping:ssd-vm--105--disk--0\">"))
    #expect(page.contains("after the cleanup: <b>A+</b>"))
    #expect(
      order(of: ["id=\"verdict\"", "id=\"plan\"", "id=\"findings\"", "id=\"mappings\""], in: page))
  }

  @Test func `a finding says why, what it means, what helps, what doesn't, and what it rests on`()
    throws
  {
    let page = page()
    #expect(page.contains("id=\"ghost-mapping:ssd-vm--105--disk--0\""))
    let explanation = try #require(Rule.named("ghost-mapping")).explanation
    for words in [
      explanation.meaning, explanation.harm, explanation.remedy, explanation.wrongRemedy,
    ] {
      #expect(page.contains(escaped(words)), "\(words)")
    }
    #expect(page.contains("commands/dmsetup-info.out"))
    #expect(page.contains("<code>dmsetup info -- ssd-vm--105--disk--0</code>"))
    #expect(page.contains("<title>How ssd-vm--105--disk--0 is stacked</title>"))
  }

  @Test func `without a grade it links to the mappings that could not be judged`() {
    var node = SmallNode.withGhost
    node.lacking = [.vgs]
    let page = page(node)
    #expect(
      page.contains(
        "<li>2 of 2 mappings could not be judged: <a href=\"#ssd-vm--100--disk--0\">"
          + "<code>ssd-vm--100--disk--0</code></a>, <a href=\"#ssd-vm--105--disk--0\">"))
  }

  @Test func `the worst stands first, and the headings say so`() {
    var node = SmallNode.withRecreatedVolumes
    // By name it would come before the others.
    node.texts[.dmsetupInfo]! =
      "ssd-vm--099--disk--0|LVM-\(SmallNode.groupID)\(String(repeating: "Z", count: 32))"
      + "|253|9|0|1|0|L--w\n" + node.texts[.dmsetupInfo]!
    node.texts[.dmsetupTable]! =
      "ssd-vm--099--disk--0: 0 65536 linear 8:16 1902592\n" + node.texts[.dmsetupTable]!
    let page = page(node)
    #expect(page.contains("<th scope=\"col\" data-s aria-sort=\"descending\">Severity</th>"))
    #expect(page.contains("<th scope=\"col\" aria-sort=\"ascending\">Mapping</th>"))
    #expect(page.contains("<th scope=\"col\" data-s aria-sort=\"descending\">Health</th>"))
    #expect(
      order(
        of: [
          "data-table=\"mappings\"", "<tr id=\"ssd-vm--100--disk--1\"",
          "<tr id=\"ssd-vm--100--disk--2\"", "<tr id=\"ssd-vm--099--disk--0\"",
          "<tr id=\"ssd-vm--100--disk--0\"",
        ], in: page))
  }

  @Test func `the filter reaches disks without mapping`() {
    var node = SmallNode()
    node.configurations["pve1/qemu-server/100.conf"]! += "scsi1: ssd:vm-100-disk-1,size=1G\n"
    let page = page(node)
    #expect(
      order(
        of: [
          "data-table=\"missing\"", "data-s aria-sort=\"descending\">Severity",
          "<td>missing-volume",
        ], in: page))
  }

  @Test func `the plan has the script's name and hash`() {
    let assessment = Assessment(of: NodeSnapshot(reading: SmallNode.withGhost.bundle))
    let page = page()
    #expect(page.contains("<code>sh pve1-cleanup.sh --interactive</code>"))
    #expect(page.contains(PlanDigest(of: assessment.plan).hex))
    #expect(!self.page(SmallNode()).contains("cleanup.sh"))
  }

  @Test func `what is in order is folded away`() {
    let page = page(SmallNode())
    #expect(page.contains("Grade A+: healthy"))
    #expect(page.contains("<details><summary>1 mapping with nothing to do</summary>"))
    #expect(page.contains("<details><summary>1 guest of this node without findings</summary>"))
  }

  @Test func `ignored findings stand apart, with the reason`() throws {
    let list = try IgnoreList(parsing: "ghost-mapping until 2027-01-31 # next <b>window")
    let page = page(ignoring: list)
    #expect(page.contains("id=\"ignored\""))
    #expect(page.contains("Ignored until 2027-01-31: next &lt;b&gt;window"))
    #expect(page.contains("if nothing was ignored: <b>B</b>"))
    #expect(!self.page().contains("id=\"ignored\""))
  }

  @Test func `v27's words stand beside ours only where somebody asked`() {
    #expect(page(comparing: true).contains("<th scope=\"col\">v27 said</th>"))
    #expect(!page().contains("v27 said</th>") && !page().contains("v27 said:"))
    #expect(page(policy: .v27).contains("judged by v27&#39;s rules"))
  }

  @Test func `a missing source is named with its command`() {
    var node = SmallNode.withGhost
    node.lacking = [.lvs]
    let page = page(node)
    #expect(page.contains("Not graded"))
    #expect(page.contains("id=\"source-lvs\""))
    #expect(order(of: ["id=\"missing-sources\"", "<code>lvs</code>", "id=\"guests\""], in: page))
  }

  @Test func `the same bundle gives the same bytes`() {
    #expect(page() == page())
  }

  private func escaped(_ text: String) -> String {
    var html = HTMLWriter()
    html.text(text)
    return String(decoding: html.bytes, as: UTF8.self)
  }

  private func order(of parts: [String], in page: String) -> Bool {
    var rest = page[...]
    for part in parts {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }
}

import Analysis
import BundleFormat
import NodeGenerator
import NodeState
import SmallNode
import Testing

@testable import Rendering

struct MarkdownTests {
  @Test(arguments: [
    ("plain ssd--ha01-vm--100--disk--0", "plain ssd--ha01-vm--100--disk--0"),
    ("<script>", "&lt;script&gt;"), ("a&b", "a&amp;b"), ("*b* _i_ `c`", "\\*b\\* \\_i\\_ \\`c\\`"),
    ("[x](http://y)", "\\[x\\](http&#58;//y)"), ("www.x.y", "www&#46;x.y"),
    ("@all #12", "<span>@</span>all <span>#</span>12"), ("- item", "\\- item"),
    ("12. item", "12\\. item"), ("1) item", "1\\) item"), ("a|b", "a\\|b"),
    ("line\nbreak", "line\\\\x0abreak"), ("$x$ ~~y~~ !z", "\\$x\\$ \\~\\~y\\~\\~ \\!z"),
    ("\\", "\\\\"), ("", ""),
  ])
  func `running text stays text`(text: String, escaped: String) {
    #expect(MarkdownText.prose(text) == escaped)
  }

  @Test(arguments: [
    ("vm-1", "`vm-1`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("a``b", "```a``b```"),
    ("", "(empty)"), ("</code><b>", "`</code><b>`"), ("a\nb", "`a\\x0ab`"),
  ])
  func `a code span holds any text`(text: String, span: String) {
    #expect(MarkdownText.code(text) == span)
  }

  @Test func `a bar in a table's cell is escaped even in code`() {
    #expect(MarkdownText.code("a|b", inTable: true) == "`a\\|b`")
    #expect(MarkdownText.code("a|b") == "`a|b`")
  }

  @Test func `a block is fenced by more than it holds`() {
    #expect(MarkdownText.block(["x"]) == ["```text", "x", "```"])
    #expect(MarkdownText.block(["````"], language: "sh") == ["`````sh", "````", "`````"])
    #expect(MarkdownText.block(["a\n```\nb"]).count == 3)
  }

  private func report(_ node: SmallNode) -> String {
    MarkdownReport(Assessment(of: NodeSnapshot(reading: node.bundle))).text
  }

  @Test func `a finding opens to its evidence and remedy`() {
    let text = report(.withGhost)
    #expect(text.hasPrefix("# Device mapper on pve1: B\n"))
    #expect(text.contains("<details><summary><b>warning</b> <code>ghost-mapping</code> "))
    #expect(text.contains("\n**Remedy:** Remove the mapping by its uuid"))
    #expect(text.contains("\n**Not:** "))
    #expect(text.contains("| `ssd-vm--105--disk--0` | orphaned | ghost-mapping | warning |"))
    #expect(text.contains("- phase 2: `dmsetup remove -u LVM-"))
    #expect(report(SmallNode()).contains("No findings.\n"))
  }

  @Test func `a missing source is told with the command that gets it`() {
    var node = SmallNode.withGhost
    node.lacking = [.lvs]
    let text = report(node)
    #expect(text.contains("## Missing sources\n"))
    #expect(text.contains("- `lvs`: not in the bundle; look with `"))
    #expect(
      text.contains(
        "| Grade | none, since too much is unknown; 2 of 2 mappings could not be judged "
          + "(`ssd-vm--100--disk--0`, `ssd-vm--105--disk--0`) |"))
  }

  @Test func `ignored findings are there, and say why`() throws {
    let list = try IgnoreList(parsing: "ghost-mapping until 2027-01-31 # ticket #812 for @ops")
    let assessment = Assessment(
      of: NodeSnapshot(reading: SmallNode.withGhost.bundle), ignoring: list)
    let text = MarkdownReport(assessment).text
    #expect(text.contains("(ignored)</summary>"))
    #expect(
      text.contains("Ignored until 2027-01-31: ticket <span>#</span>812 for <span>@</span>ops"))
  }

  @Test(arguments: [60, 3000]) func `the document fits a ticket, whatever the node's size`(
    guests: Int
  ) {
    let node = GeneratedNode(seed: 11, options: .init(guests: guests, faultPercent: 80))
    let assessment = Assessment(of: NodeSnapshot(reading: node.bundle))
    let text = MarkdownReport(assessment).text
    #expect(text.utf8.count <= MarkdownReport.byteLimit)
    #expect(text.contains("## Findings"))
    if guests > 1000 {
      #expect(text.contains(" more: "))
      #expect(text.utf8.count > MarkdownReport.byteLimit / 2)
    }
    let opened = text.split(separator: "\n").count { $0.hasPrefix("<details>") }
    #expect(opened == text.split(separator: "\n").count { $0 == "</details>" })
  }

  @Test func `long words of one finding are cut, and the document still ends`() {
    var node = SmallNode.withGhost
    let long = String(repeating: "|`<x>&@#", count: 3000)
    node.configurations["pve1/qemu-server/100.conf"]! +=
      "args: -drive file=/dev/ssd/vm-105-disk-0 \(long)\n"
    node.texts[.fstab] = "/dev/mapper/\(long) / ext4\n"
    let text = report(node)
    #expect(text.utf8.count <= MarkdownReport.byteLimit)
    #expect(!text.contains("<x>") || text.contains("```text"))
  }

  @Test func `a name of the node's own may be as long as it likes`() {
    var node = SmallNode.withGhost
    let long = String(repeating: "@", count: 60_000)
    node.texts[.pveMembers]?.replace("\"name\": \"lab\"", with: "\"name\": \"\(long)\"")
    let text = report(node)
    #expect(text.contains("| Cluster | <span>@</span>"))
    #expect(text.utf8.count <= MarkdownReport.byteLimit)
  }
}

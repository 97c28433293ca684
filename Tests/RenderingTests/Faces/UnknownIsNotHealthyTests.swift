import Analysis
import BundleFormat
import NodeState
import SmallNode
import Testing

@testable import Rendering

/// What is not known is neither healthy nor absent, in no face.
struct UnknownIsNotHealthyTests {
  private func assessment(_ node: SmallNode) -> Assessment {
    Assessment(of: NodeSnapshot(reading: node.bundle))
  }

  private func page(_ assessment: Assessment) -> String {
    String(decoding: ReportPage(assessment).bytes, as: UTF8.self)
  }

  @Test func `without mappings no guest is in order, and none of its disks is unmapped`() {
    var node = SmallNode.withGhost
    node.lacking = [.dmsetupInfo]
    let page = page(assessment(node))
    #expect(!page.contains("<td>in order"))
    #expect(!page.contains("not mapped here"))
    #expect(page.contains("mapping unknown"))
  }

  @Test func `explain asserts no absence of what nobody read`() throws {
    var node = SmallNode.withGhost
    node.lacking = [.dmsetupInfo]
    var read = assessment(node)
    let guest = ExplanationText(try #require(read.explanation(of: "100")), of: read).text
    #expect(guest.contains("not known whether it is mapped"))
    let volume = ExplanationText(try #require(read.explanation(of: "ssd/vm-100-disk-0")), of: read)
    #expect(volume.text.contains("Whether a mapping of it exists is not known."))
    node.lacking = [.pveVmlist, .guestConfigs]
    read = assessment(node)
    let other = ExplanationText(try #require(read.explanation(of: "100")), of: read).text
    #expect(other.contains("Whether a node has a configuration of it is not known."))
    let json = ExplanationJSON(try #require(read.explanation(of: "100")), of: read).bytes
    #expect(String(decoding: json, as: UTF8.self).contains("\"configurations\": null"))
  }

  @Test func `a step that the plan refuses is offered nowhere`() throws {
    var node = SmallNode.withGhost
    node.texts[.dmsetupInfo]?.replace("|253|1|0|1|0|L--w", with: "|253|1|0|1|0|LI-w")
    let assessment = assessment(node)
    let finding = try #require(assessment.findings.first { $0.rule.name == "ghost-mapping" })
    #expect(finding.remedy.applicability == .manual)
    #expect(finding.refusal == assessment.plan.refused.first?.why)
    let page = page(assessment)
    #expect(page.contains("cleanup: refused, it is suspended, or a second table is loaded"))
    #expect(!page.contains("cleanup: phase 2"))
  }

  @Test func `a mail without findings says what could not be judged`() {
    var node = SmallNode()
    node.configurations["pve1/qemu-server/100.conf"] =
      "memory: 512\nlock: backup\nname: web\nargs: -x /dev/ssd/vm-100-disk-0\n"
    let facts = MailFacts(assessment(node), notes: [])
    #expect(facts.unjudged == 1)
    #expect(facts.nothingFound == "No findings; 1 mapping could not be judged yet.")
    #expect(facts.grade.headline == "Nothing to do, as far as could be judged.")
  }

  @Test func `a locked guest is shown by the line of its lock`() throws {
    var node = SmallNode.withGhost
    node.configurations["pve1/qemu-server/105.conf"] = "memory: 512\nlock: migrate\n"
    node.texts[.pveVmlist] = SmallNode.guestList("100", "105")
    let verdict = try #require(
      assessment(node).verdicts.first { $0.rule.name == "locked-guest" })
    #expect(verdict.evidence.contains { $0.location?.line == 2 && $0.source == .guestConfigs })
  }
}

import Analysis
import BundleFormat
import NodeState
import SmallNode
import Testing

@testable import Rendering

/// Mappings that could not be read are unknown; none of the faces calls them none.
struct UnreadMappingsTests {
  private let assessment = {
    var node = SmallNode.withGhost
    node.lacking = [.dmsetupInfo, .dmsetupTable, .zpoolList]
    return Assessment(of: NodeSnapshot(reading: node.bundle))
  }()

  @Test func `text and Markdown say unknown`() {
    let words = "unknown, since they could not be read"
    #expect(TextReport(assessment).text.contains("\nmappings \(words)\n"))
    #expect(MarkdownReport(assessment).text.contains("| Mappings | \(words) |\n"))
  }

  @Test func `JSON's counts are null`() {
    let json = String(decoding: AssessmentJSON(assessment).bytes, as: UTF8.self)
    for key in [
      "mappings", "guestMappings", "valid", "stale", "orphaned", "duplicate", "wrong", "unknown",
      "other", "missing", "missingNormal",
    ] {
      #expect(json.contains("\"\(key)\": null"), "\(key)")
    }
    #expect(json.contains("\"mappings\": [],"))
  }

  @Test func `JUnit has an error, OpenMetrics no sample`() {
    let suite = JUnitReport([assessment]).text
    #expect(suite.contains(#"tests="1" failures="0" errors="1""#))
    #expect(suite.contains(#"<error type="source-missing""#))
    #expect(suite.contains("<system-out>mappings unknown; "))
    let metrics = OpenMetricsText([assessment]).text
    #expect(!metrics.contains("dmtools_mappings"))
    #expect(!metrics.contains("dmtools_missing_disks"))
  }

  @Test func `page and mail say unknown`() {
    let page = String(decoding: ReportPage(assessment).bytes, as: UTF8.self)
    #expect(page.contains("How many mappings there are is unknown"))
    #expect(page.contains("missing disks unknown"))
    #expect(!page.contains("no pool"))
    let mail = MailFacts(assessment, notes: []).mappings
    #expect(mail.map(\.label) == ["total", "missing disks", "faulty or missing"])
    #expect(mail.allSatisfy { $0.value == "unknown" })
  }

  @Test func `with unknown guests the missing disks are unknown`() {
    var node = SmallNode.withGhost
    node.lacking = [.pveVmlist]
    let assessment = Assessment(of: NodeSnapshot(reading: node.bundle))
    #expect(assessment.summary.missing == nil)
    #expect(TextReport(assessment).text.contains("; unknown how many are missing\n"))
    let page = String(decoding: ReportPage(assessment).bytes, as: UTF8.self)
    #expect(!page.contains("0 virtual machines"))
  }
}

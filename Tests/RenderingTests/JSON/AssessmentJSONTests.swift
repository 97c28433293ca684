import Analysis
import BundleFormat
import NodeState
import Rendering
import SmallNode
import Testing

struct AssessmentJSONTests {
  private let snapshot = NodeSnapshot(reading: SmallNode.withGhost.bundle)

  private func text(_ assessment: Assessment) -> String {
    String(decoding: AssessmentJSON(assessment).bytes, as: UTF8.self)
  }

  /// The keys that the contract fixes, in its order.
  private static let keys = [
    "schema", "tool", "policy", "bundle", "node", "sources", "mappings", "missing", "findings",
    "summary", "grade", "metrics", "plan",
  ]

  private func topLevelKeys(of text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      guard line.hasPrefix("  \""), let end = line.dropFirst(3).firstIndex(of: "\"") else {
        return nil
      }
      return String(line.dropFirst(3)[..<end])
    }
  }

  @Test func `every policy writes the same keys`() {
    let evidence = text(Assessment(of: snapshot))
    let predecessor = text(Assessment(of: snapshot, policy: .v27))
    #expect(topLevelKeys(of: evidence) == Self.keys)
    #expect(topLevelKeys(of: predecessor) == Self.keys)
    #expect(evidence.contains("\"policy\": \"evidence\""))
    #expect(predecessor.contains("\"policy\": \"v27\""))
    #expect(predecessor.contains("\"phase2\": []"))
    #expect(predecessor.contains("\"status\": \"WARNING\""))
    #expect(predecessor.contains("\"stale\": 1,\n    \"orphaned\": 1,"))
  }

  @Test func `the comparison adds v27 to each mapping and to the whole`() {
    let compared = text(Assessment(of: snapshot, comparing: true))
    #expect(topLevelKeys(of: compared) == Self.keys + ["v27"])
    #expect(compared.contains("\"v27\": [\"valid\"]"))
    #expect(compared.contains("\"v27\": [\"stale\", \"orphaned\"]"))
  }

  @Test func `each finding says whether it is ignored`() throws {
    let plain = text(Assessment(of: snapshot))
    #expect(plain.contains("\"ignored\": null"))
    #expect(plain.contains("\"ignored\": 0"))
    let list = try IgnoreList(parsing: "ghost-mapping until 2027-01-31 # next window")
    let ignoring = text(Assessment(of: snapshot, ignoring: list))
    #expect(
      ignoring.contains(
        "\"ignored\": {\"reason\": \"next window\", \"until\": \"2027-01-31\"}"))
    #expect(ignoring.contains("\"withIgnored\": \"B\""))
    #expect(ignoring.contains("\"issues\": 0,\n    \"ignored\": 1"))
  }
}

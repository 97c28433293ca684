import Analysis
import BundleFormat
import NodeState
import SmallNode
import Testing

@testable import Rendering

struct SARIFTests {
  private func log(_ assessments: [Assessment]) throws -> JSONValue {
    try JSONValue(parsing: SARIFLog(assessments).bytes)
  }

  private func assessment(
    _ node: SmallNode = .withGhost, ignoring list: IgnoreList = .empty
  ) -> Assessment {
    Assessment(of: NodeSnapshot(reading: node.bundle), ignoring: list)
  }

  @Test func `a finding is a result of its rule, at a line of the bundle`() throws {
    let log = try log([assessment()])
    #expect(log["version"]?.string == "2.1.0")
    let run = try #require(log["runs"]?.elements?.first)
    let results = try #require(run["results"]?.elements)
    #expect(results.count == 1)
    let result = results[0]
    #expect(result["ruleId"]?.string == "ghost-mapping")
    #expect(result["level"]?.string == "warning")
    let rules = try #require(run["tool"]?["driver"]?["rules"]?.elements)
    let index = try #require(result["ruleIndex"]?.integer)
    #expect(rules[index]["id"]?.string == "ghost-mapping")
    #expect(Set(rules.compactMap { $0["id"]?.string }).count == rules.count)
    let location = try #require(result["locations"]?.elements?.first)
    let physical = location["physicalLocation"]
    #expect(physical?["artifactLocation"]?["uri"]?.string == "commands/dmsetup-info.out")
    #expect(physical?["region"]?["startLine"]?.integer == 2)
    #expect(
      location["logicalLocations"]?.elements?.first?["fullyQualifiedName"]?.string
        == "pve1/ssd-vm--105--disk--0")
    #expect(
      result["partialFingerprints"]?["finding/v1"]?.string
        == "pve1/ghost-mapping:ssd-vm--105--disk--0")
    #expect(result["suppressions"]?.elements?.isEmpty == true)
  }

  @Test func `each variant of a rule comes with its own remedy`() throws {
    let run = try #require(
      try log([assessment(.withRecreatedVolumes)])["runs"]?.elements?.first)
    let results = try #require(run["results"]?.elements).filter {
      $0["ruleId"]?.string == "recreated-volume"
    }
    let messages = results.compactMap { $0["message"]?["text"]?.string }
    #expect(messages.count == 2)
    #expect(messages[0].contains("What helps: Remove the mapping by its uuid."))
    #expect(messages[1].contains("What helps: Don't remove it while it is open"))
    #expect(!messages[1].contains("helps: Remove"))
    let index = try #require(results[1]["ruleIndex"]?.integer)
    let rules = try #require(run["tool"]?["driver"]?["rules"]?.elements)
    let help = try #require(rules[index]["help"]?["text"]?.string)
    for rule in Rule.variants(named: "recreated-volume") {
      #expect(help.contains("\(rule.title): \(rule.explanation.remedy)"))
    }
  }

  @Test func `several nodes are several runs, and a healthy one has no result`() throws {
    let runs = try #require(
      try log([assessment(), assessment(SmallNode())])["runs"]?.elements)
    #expect(runs.map { $0["results"]?.elements?.count } == [1, 0])
  }

  @Test func `what is ignored is suppressed with its reason`() throws {
    let list = try IgnoreList(parsing: "ghost-mapping # next window")
    let run = try log([assessment(ignoring: list)])["runs"]?.elements?.first
    let suppression = run?["results"]?.elements?.first?["suppressions"]?.elements?.first
    #expect(suppression?["kind"]?.string == "external")
    #expect(suppression?["justification"]?.string == "next window")
  }

  @Test func `a missing source makes the run a failed one`() throws {
    var node = SmallNode.withGhost
    node.lacking = [.vgs]
    let run = try log([assessment(node)])["runs"]?.elements?.first
    let invocation = run?["invocations"]?.elements?.first
    #expect(invocation?["executionSuccessful"] == .bool(false))
    let notes = invocation?["toolExecutionNotifications"]?.elements
    #expect(notes?.first?["message"]?["text"]?.string == "vgs: not in the bundle")
  }

  @Test(arguments: [
    ("commands/lvs.out", "commands/lvs.out"), ("a b%c", "a%20b%25c"), ("ä:\n", "%C3%A4%3A%0A"),
  ])
  func `paths are relative references`(path: String, uri: String) {
    #expect(SARIFLocation.uri(path) == uri)
  }
}

extension JSONValue {
  fileprivate subscript(key: String) -> JSONValue? {
    if case .object(let object) = self { object[key] } else { nil }
  }

  fileprivate var elements: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }
}

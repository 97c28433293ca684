import Analysis
import BundleFormat
import NodeState
import SmallNode
import Testing

@testable import Rendering

struct ExplanationJSONTests {
  private func document(_ subject: String, _ node: SmallNode = .withGhost) throws -> JSONObject {
    let assessment = Assessment(of: NodeSnapshot(reading: node.bundle))
    let explanation = try #require(assessment.explanation(of: subject))
    let bytes = ExplanationJSON(explanation, of: assessment).bytes
    guard case .object(let object) = try JSONValue(parsing: bytes) else {
      throw NoObject()
    }
    return object
  }

  private struct NoObject: Error {}

  private static let keys = ["schema", "tool", "bundle", "node", "mapping", "volume", "guest"]

  @Test(arguments: ["ssd-vm--105--disk--0", "ssd:vm-100-disk-0", "100"])
  func `every key is there, and one of three is what was asked for`(subject: String) throws {
    let object = try document(subject)
    #expect(object.members.map(\.key) == Self.keys)
    #expect(object["schema"]?.string == "dmanalyze.explanation/1")
    #expect(["mapping", "volume", "guest"].count { object[$0] != .null } == 1)
  }

  @Test func `a mapping is told with each question and its step`() throws {
    guard case .object(let mapping)? = try document("ssd-vm--105--disk--0")["mapping"] else {
      Issue.record("no mapping")
      return
    }
    #expect(mapping["rule"]?.string == "ghost-mapping")
    guard case .array(let questions)? = mapping["questions"],
      case .object(let step)? = mapping["step"]
    else {
      Issue.record("no questions or no step")
      return
    }
    #expect(questions.count > 10)
    #expect(step["standing"]?.string == "planned")
    #expect(step["step"] != .null)
  }

  @Test func `what is missing is a doubt, and there is no step`() throws {
    var node = SmallNode.withGhost
    node.lacking = [.lvs]
    guard case .object(let mapping)? = try document("ssd-vm--105--disk--0", node)["mapping"],
      case .array(let doubts)? = mapping["doubts"], case .object(let step)? = mapping["step"]
    else {
      Issue.record("no doubts or no step")
      return
    }
    #expect(doubts.count == 1)
    #expect(step["standing"]?.string == "none" && step["step"] == .null)
  }
}

import Analysis
import NodeGenerator
import NodeState
import Rendering
import SmallNode
import Testing

/// Lines as they are quoted in JSON, straight from the bundle.
struct EvidenceJSONTests {
  private func text(_ line: String) -> String {
    var node = SmallNode()
    node.configurations["pve1/qemu-server/100.conf"] = "name: web\n\(line)\n"
    let assessment = Assessment(of: NodeSnapshot(reading: node.bundle))
    return String(decoding: AssessmentJSON(assessment).bytes, as: UTF8.self)
  }

  @Test func `a line has its file, number and text`() {
    #expect(
      text("scsi0: ssd:vm-100-disk-0,size=32M").contains(
        """
        {"source": "guest-configs", "line": 2, \
        "text": "pve1/qemu-server/100.conf: scsi0: ssd:vm-100-disk-0,size=32M"}
        """))
  }

  @Test func `what is not ASCII stays, but for what ends a line in JavaScript`() {
    #expect(
      text("scsi0: ssd:vm-100-disk-0,serial=é\u{2028}\"\\").contains(
        #"100.conf: scsi0: ssd:vm-100-disk-0,serial=é\u2028\"\\"}"#))
  }

  @Test func `a long line is cut, a cut character is replaced, and the cut is marked`() {
    let start = "scsi0: ssd:vm-100-disk-0,serial="
    let filler = String(repeating: "x", count: NodeSnapshot.quotedBytes - 1 - start.utf8.count)
    #expect(text(start + filler + "éyz").contains(filler + "\u{FFFD}…\"}"))
    #expect(text(start + filler + "xyz").contains(filler + "x…\"}"))
    #expect(text(start + filler + "x").contains(filler + "x\"}"))
  }

  @Test(arguments: [
    (0..<4, 0..<4), (2..<9, 2..<5), (5..<9, 5..<5), (9..<12, 5..<5), (-3..<2, 0..<5),
  ])
  func `a line is never beyond its entry`(range: Range<Int>, expected: Range<Int>) {
    let location = SourceLocation(entry: 0, line: 1, range: range)
    #expect(NodeSnapshot.range(of: location, in: 5) == expected)
  }

  @Test func `parts on two threads are the document that is made at one go`() {
    let node = GeneratedNode(seed: 5, options: GeneratorOptions(guests: 600, mappings: 2000))
    let assessment = Assessment(of: NodeSnapshot(reading: node.bundle))
    let json = AssessmentJSON(assessment)
    #expect(assessment.verdicts.count > 1600)
    final class Log: @unchecked Sendable {
      var bytes: [UInt8] = []
    }
    let log = Log()
    #expect(
      json.write { bytes in
        log.bytes += bytes
        return true
      })
    #expect(log.bytes == json.bytes)
    #expect(!json.write { _ in false })
  }
}

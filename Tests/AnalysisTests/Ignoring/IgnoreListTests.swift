import BundleFormat
import NodeState
import SmallNode
import Testing

@testable import Analysis

struct IgnoreListTests {
  private let snapshot = NodeSnapshot(reading: SmallNode.withGhost.bundle)

  private func assessment(_ text: String) throws -> Assessment {
    Assessment(of: snapshot, ignoring: try IgnoreList(parsing: text))
  }

  @Test func `a line has a rule, a subject, a date and a reason`() throws {
    let list = try IgnoreList(
      parsing: """
        # what we know of

        ghost-mapping # all of them
          missing-volume:100/scsi0 (pending)   until 2026-12-31  # ticket #12, until the move
        """)
    #expect(list.lines.map(\.number) == [3, 4])
    #expect(list.lines.map(\.pattern) == ["ghost-mapping", "missing-volume:100/scsi0 (pending)"])
    #expect(list.lines.map(\.until) == [nil, "2026-12-31"])
    #expect(list.lines.map(\.reason) == ["all of them", "ticket #12, until the move"])
  }

  @Test(arguments: [
    ("ghost-mapping", IgnoreError.reasonMissing(line: 1)),
    ("ghost-mapping:x#y", .reasonMissing(line: 1)), ("ghost-mapping #  ", .reasonMissing(line: 1)),
    ("ghost-mapping until tomorrow # x", .notADate(line: 1, text: "tomorrow")),
    ("ghost-mapping until 2026-02-30 # x", .notADate(line: 1, text: "2026-02-30")),
    ("ghost-mapping until # x", .notADate(line: 1, text: "")),
    ("\nghost: # x", .unknownRule(line: 2, name: "ghost")),
    ("ghost-mapping: # x", .subjectMissing(line: 1)), (" # x", .unknownRule(line: 1, name: "")),
  ])
  func `a line without the form is refused`(text: String, error: IgnoreError) {
    // A line that begins with # is a comment, so the last one holds no line at all.
    if text == " # x" {
      #expect(throws: Never.self) { try IgnoreList(parsing: text) }
    } else {
      #expect(throws: error) { try IgnoreList(parsing: text) }
    }
  }

  @Test func `an unknown rule is answered with the nearest`() {
    #expect(
      IgnoreError.unknownRule(line: 3, name: "ghost-maping").description
        == "3: there is no rule ghost-maping; do you mean ghost-mapping?")
  }

  @Test(arguments: [
    ("*", "", true), ("a*c", "abbbc", true), ("a*c", "abbb", false), ("a?c", "abc", true),
    ("a?c", "ac", false), ("*--105--*", "ssd-vm--105--disk--0", true), ("[ab]", "a", false),
    ("a*b*c", "aXbYbZc", true), ("**", "x", true), ("", "", true), ("", "x", false),
  ])
  func `a pattern describes the whole subject`(pattern: String, text: String, expected: Bool) {
    #expect(Glob(pattern).matches(text) == expected)
  }

  @Test func `what is ignored stays, and counts for nothing`() throws {
    let plain = Assessment(of: snapshot)
    #expect(plain.worstSeverity == .warning)
    #expect(plain.grade.letter == .b)
    let ignoring = try assessment("ghost-mapping:ssd-vm--105--* # being looked at")
    #expect(ignoring.findings.map(\.id) == plain.findings.map(\.id))
    #expect(ignoring.findings.first?.ignored?.reason == "being looked at")
    #expect(ignoring.worstSeverity == nil)
    #expect(ignoring.summary.issues == 0)
    #expect(ignoring.summary.ignored == 1)
    #expect(ignoring.grade.letter == .aPlus)
    #expect(ignoring.grade.cap == nil)
    #expect(ignoring.grade.withIgnored == .b)
    #expect(ignoring.ignoreUse.matched == [1])
  }

  @Test func `it never changes a verdict or the plan`() throws {
    let plain = Assessment(of: snapshot)
    let ignoring = try assessment("ghost-mapping # x\n")
    #expect(ignoring.verdicts.map(\.why) == plain.verdicts.map(\.why))
    #expect(ignoring.plan.phase2.map(\.argv) == plain.plan.phase2.map(\.argv))
    #expect(!ignoring.plan.phase2.isEmpty)
  }

  @Test func `a line holds to the end of its day, by the time of collection`() throws {
    // Collected at 2026-11-22T19:54:00Z.
    #expect(try assessment("ghost-mapping until 2026-11-22 # x").summary.ignored == 1)
    let expired = try assessment("ghost-mapping until 2026-11-21 # x")
    #expect(expired.summary.ignored == 0)
    #expect(expired.worstSeverity == .warning)
    #expect(expired.ignoreUse.expired == [1: ["ghost-mapping:ssd-vm--105--disk--0"]])
    #expect(expired.ignoreUse.matched.isEmpty)
  }

  @Test func `a line that matches nothing is known`() throws {
    #expect(try assessment("ghost-mapping:other # x").ignoreUse == IgnoreUse())
  }
}

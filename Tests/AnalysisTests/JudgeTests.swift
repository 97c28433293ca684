import Analysis
import Testing

@Suite struct JudgeTests {
  private static let mapping = "test--vm--999--disk--0"

  @Test func `a mapping without a uuid says which line of which guest names it`() throws {
    let verdict = try #require(
      assessment(of: "hand-made-mapping-by-device-number").verdict(on: Self.mapping))
    #expect(
      verdict.why
        == "Its volume could not be judged: it has no uuid, and scsi0 of guest 100 on pve1 names it."
    )
    #expect(verdict.evidence.count == 2)
  }

  @Test func `a mapping without a uuid that fstab names says so`() throws {
    let verdict = try #require(
      assessment(of: "hand-made-mapping-in-fstab").verdict(on: Self.mapping))
    #expect(
      verdict.why == "Its volume could not be judged: it has no uuid, and fstab names it.")
  }

  @Test func `an open mapping without a uuid says who has it open`() throws {
    let change = ["dmsetup-info.txt": "\(Self.mapping)||253|0|1|1|0|L--w\n"]
    let open = try #require(
      assessment(of: "hand-made-mapping", with: change).verdict(on: Self.mapping))
    #expect(open.why.contains("it has no uuid, and it is open (1)"))
    #expect(!open.why.contains("names it"))
    let users = ##"{"device":"253:0","kind":"mount","pid":4711,"detail":"/mnt/x"}"## + "\n"
    let used = try #require(
      assessment(
        of: "hand-made-mapping", with: change.merging(["device-users.jsonl": users]) { $1 }
      )
      .verdict(on: Self.mapping))
    #expect(used.why.contains("it is open (1), by a mount at /mnt/x"))
  }
}

import BundleFormat
import Testing

@testable import Analysis

/// The cleanup script's journal, which comes from a node and may hold anything.
struct CleanupJournalTests {
  private static let plan = String(repeating: "ab", count: 32)

  /// A line as the script writes it, with some of its fields replaced.
  private func line(_ changes: [Int: String] = [:]) -> String {
    var fields = [
      "2026-11-22T20:00:00Z", "pve1", Self.plan, "2", "ghost-mapping", "ssd-vm--105--disk--0",
      "LVM-abc", "removed", "ended with 0: ",
    ]
    for (index, text) in changes { fields[index] = text }
    return fields.joined(separator: "\t")
  }

  private func read(_ text: String) -> CleanupJournal { CleanupJournal(parsing: Array(text.utf8)) }

  @Test func `a line of the script is read field by field`() throws {
    let journal = read(line() + "\n")
    let entry = try #require(journal.entries.first)
    #expect(journal.faults.isEmpty)
    #expect(entry.time == Timestamp("2026-11-22T20:00:00Z"))
    #expect(entry.node == "pve1" && entry.plan == Self.plan && entry.phase == 2)
    #expect(entry.rule == "ghost-mapping" && entry.mapping == "ssd-vm--105--disk--0")
    #expect(entry.uuid == "LVM-abc" && entry.outcome == .removed && entry.words == "ended with 0: ")
  }

  @Test func `a mapping without a uuid has none`() {
    #expect(read(line([6: "-"]) + "\n").entries.first?.uuid == nil)
  }

  @Test func `an empty journal has no line and no fault`() {
    for text in ["", "\n", "\n\n"] {
      #expect(read(text).entries.isEmpty && read(text).faults.isEmpty)
    }
  }

  @Test(arguments: [
    [0: "yesterday"], [0: "2026-11-22 20:00:00Z"], [0: "2026-11-22T20:00:00+01:00"], [1: "-n"],
    [1: "a b"], [1: ""], [2: "AB"], [2: ""], [3: "3"], [3: ""], [4: "Ghost"], [4: ""],
    [5: ""], [5: "a b"], [5: "$(reboot)"], [5: "\u{1B}[2J"], [6: ""], [6: "`id`"],
    [7: "done"], [7: ""], [8: "one\ttwo"], [8: String(repeating: "x", count: 5000)],
  ])
  func `what the script does not write is set aside with its line`(_ changes: [Int: String]) {
    let journal = read(line() + "\n" + line(changes) + "\n" + line() + "\n")
    #expect(journal.entries.count == 2)
    #expect(journal.faults.map(\.line) == [2])
  }

  @Test func `a last line without its end was cut off`() {
    let journal = read(line() + "\n" + line())
    #expect(journal.entries.count == 1)
    #expect(journal.faults.map(\.description) == ["line 2 was cut off"])
  }

  @Test func `any bytes are read without a trap`() {
    var state: UInt64 = 1
    for length in 0..<300 {
      let bytes = (0..<length).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let byte = UInt8(truncatingIfNeeded: state >> 33)
        return byte % 5 == 0 ? UInt8(ascii: "\t") : byte % 17 == 0 ? UInt8(ascii: "\n") : byte
      }
      #expect(CleanupJournal(parsing: bytes).entries.isEmpty)
    }
  }
}

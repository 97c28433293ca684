import BundleFormat
import SmallNode
import TestSupport
import Testing

/// `dmanalyze diff OLD NEW`.
struct DiffCommandTests {
  private let folder = TemporaryFolder()

  private func run(_ arguments: String..., input: String = "/dev/null") -> Program {
    Program(["diff"] + arguments, input: input, in: folder)
  }

  private func add(_ node: SmallNode, as name: String, at time: String) {
    var node = node
    node.collectedAt = Timestamp(time)!
    folder.add(node, as: name)
  }

  @Test func `a case is closed when all that was planned is gone`() {
    add(.withGhost, as: "old.tar", at: "2026-11-22T19:54:00Z")
    add(SmallNode(), as: "new.tar", at: "2026-11-22T20:54:00Z")
    let closed = run("old.tar", "new.tar")
    #expect(closed.exitCode == 0)
    #expect(closed.output.contains("Planned to go: 1, 1 went, 0 there"))
    #expect(run("old.tar", "old.tar").exitCode == 1)
    #expect(run("old.tar", "new.tar", "--format", "json").output.contains("\"dmanalyze.diff/1\""))
  }

  @Test func `a journal is read from a file or standard input`() {
    add(.withGhost, as: "old.tar", at: "2026-11-22T19:54:00Z")
    add(SmallNode(), as: "new.tar", at: "2026-11-22T20:54:00Z")
    let journal = folder.add("no line of a script\n", as: "log")
    for program in [
      run("old.tar", "new.tar", "--journal", "log"),
      run("old.tar", "new.tar", "--journal", "-", input: journal),
    ] {
      #expect(program.exitCode == 0)
      #expect(program.output.contains("1 unreadable\n  line 1 has 1 field instead of 9"))
    }
    #expect(run("old.tar", "new.tar", "--journal", "absent").exitCode == 2)
    #expect(run("-", "new.tar", "--journal", "-").exitCode == 2)
  }

  @Test func `what cannot be compared is refused with a sentence`() {
    add(.withGhost, as: "old.tar", at: "2026-11-22T19:54:00Z")
    var other = SmallNode()
    other.name = "pve2"
    other.texts[.pveMembers] = other.texts[.pveMembers]?.replacing("pve1", with: "pve2")
    add(other, as: "other.tar", at: "2026-11-22T20:54:00Z")
    add(SmallNode(), as: "early.tar", at: "2026-11-22T18:54:00Z")
    var blind = SmallNode()
    blind.lacking = [.dmsetupInfo]
    add(blind, as: "blind.tar", at: "2026-11-22T20:54:00Z")
    let otherNode = run("old.tar", "other.tar")
    #expect(otherNode.exitCode == 2)
    #expect(otherNode.errors.contains("of two nodes, pve1 and pve2"))
    #expect(run("old.tar", "early.tar").errors.contains("give the older one first"))
    #expect(run("old.tar", "blind.tar").exitCode == 5)
    #expect(run("old.tar", "absent.tar").exitCode == 3)
    var newer = SmallNode()
    newer.format = 2
    add(newer, as: "newer.tar", at: "2026-11-22T20:54:00Z")
    for pair in [("absent.tar", "newer.tar"), ("newer.tar", "absent.tar")] {
      let program = run(pair.0, pair.1)
      #expect(program.exitCode == 4)
      #expect(program.errors.contains("absent.tar cannot be read"))
      #expect(program.errors.contains("newer.tar is of format 2"))
    }
    #expect(run("old.tar").exitCode == 2)
  }
}

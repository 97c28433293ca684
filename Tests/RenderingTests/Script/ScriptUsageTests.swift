import BundleFormat
import SmallNode
import TestSupport
import Testing

@testable import Rendering

/// A command line that could be meant in two ways is not carried out.
struct ScriptUsageTests {
  private static let ghost = "ssd-vm--105--disk--0"

  @Test(arguments: [
    "--check --yes", "--yes --check", "--yes --interactive", "--interactive --check",
    "--undo FILE --yes",
    "--yes --undo FILE", "--check --undo FILE", "--yes --yes", "--only", "--undo",
    "--yes --only \(ghost) more",
    "--yes --only 'ssd-vm--105--disk\\055-0'", "--yes --only 'ssd-vm--105--disk--\\x30'",
  ])
  func `what is not plain is a fault of usage`(arguments: String) {
    for shell in ["dash", "bash", Shells.busybox].compactMap(\.self) {
      let node = StubbedNode(SmallNode.withGhost.bundle)
      #expect(node.run(arguments, by: shell) == 2, "\(shell): \(node.said)")
      #expect(node.removals.isEmpty)
    }
  }

  @Test func `a copy that was cut off says so and does nothing`() {
    let node = StubbedNode(SmallNode.withGhost.bundle)
    let script = String(decoding: node.folder.read("run.sh"), as: UTF8.self)
    let lines = script.split(separator: "\n", omittingEmptySubsequences: false)
    let cuts = Array(stride(from: 2, to: lines.count, by: 89)) + [lines.count - 2]
    for count in cuts {
      for shell in ["dash", "bash", Shells.busybox].compactMap(\.self) {
        node.folder.write(lines.prefix(count).joined(separator: "\n") + "\n", to: "run.sh")
        #expect(node.run("--yes --only \(Self.ghost)", by: shell) != 0, "\(shell), \(count) lines")
        #expect(node.removals.isEmpty)
        let isSyntax =
          node.said.lowercased().contains("syntax") || node.said.contains("unterminated")
        #expect(isSyntax || node.said.contains("This script is not whole"), "\(node.said)")
      }
    }
  }

  @Test func `a word that is not understood is named`() {
    let node = StubbedNode(SmallNode.withGhost.bundle)
    #expect(node.run("--foo") == 2)
    #expect(node.said.contains("not understood: --foo\n"), "\(node.said)")
    #expect(node.said.contains(" [--check] "))
  }

  @Test(arguments: ["dash -x", "bash -x", "env POSIXLY_CORRECT=1 bash"])
  func `neither a trace nor the letter of POSIX makes it refuse`(shell: String) {
    let node = StubbedNode(SmallNode.withGhost.bundle)
    #expect(node.run("--yes --only \(Self.ghost)", by: shell) == 0, "\(node.said)")
    #expect(node.removals.count == 1)
  }

  @Test func `a partition alone is not what only can name`() {
    var small = SmallNode.withGhost
    small.texts[.dmsetupInfo]?.replace("|253|1|0|1|", with: "|253|1|1|1|")
    small.texts[.dmsetupInfo]! +=
      "\(Self.ghost)p1|part1-LVM-\(SmallNode.groupID)\(SmallNode.ghostID)|253|2|0|1|0|L--w\n"
    small.texts[.dmsetupTable]! += "\(Self.ghost)p1: 0 8192 linear 253:1 2048\n"
    let node = StubbedNode(small.bundle)
    #expect(node.run("--yes --only \(Self.ghost)p1") == 2, "\(node.said)")
    #expect(node.said.contains("--only \(Self.ghost)\n"), "\(node.said)")
    #expect(node.removals.isEmpty)
  }

  @Test(arguments: [":", ".:", "here:"])
  func `nothing in the current folder is a tool`(part: String) {
    for shell in ["dash", "bash", Shells.busybox].compactMap(\.self) {
      let node = StubbedNode(SmallNode.withGhost.bundle)
      for name in ["here/timeout", "here/here/timeout"] {
        node.folder.write("#!/bin/dash\n: >\"$ROOT/caught\"\n", to: name, executable: true)
      }
      let root = node.folder.path
      let status = node.folder.run(
        "cd \(root)/here && PATH=\(root)/bin:\(part)$PATH ROOT=\(root) \(shell) ../run.sh "
          + "--state-dir ../state --log ../log >../said 2>&1")
      #expect(status == 0, "\(shell): \(node.said)")
      #expect(!node.folder.exists("caught"), "\(shell)")
    }
  }

  @Test(arguments: ["", "--yes --only \(ghost)"])
  func `a run whose output nobody reads leaves nothing behind`(arguments: String) {
    for shell in ["dash", "bash", Shells.busybox].compactMap(\.self) {
      let node = StubbedNode(SmallNode.withGhost.bundle)
      let root = node.folder.path
      node.folder.run("mkdir \(root)/tmp")
      node.folder.run(
        "{ TMPDIR=\(root)/tmp PATH=\(root)/bin:$PATH ROOT=\(root) \(shell) \(root)/run.sh --state-dir "
          + "\(root)/state --log \(root)/log \(arguments); } 2>&- | :")
      #expect(node.folder.run("rmdir \(root)/tmp") == 0, "\(shell)")
    }
  }

  @Test func `without a temporary folder nothing is done`() {
    let node = StubbedNode(SmallNode.withGhost.bundle)
    node.folder.write("#!/bin/dash\nexit 0\n", to: "bin/mktemp", executable: true)
    #expect(node.run("--yes --only \(Self.ghost)") == 1)
    #expect(node.said.contains("no temporary folder"))
    #expect(node.removals.isEmpty)
  }
}

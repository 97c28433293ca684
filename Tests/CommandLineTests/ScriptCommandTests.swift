import BundleFormat
import SmallNode
import TestSupport
import Testing

/// `dmanalyze script BUNDLE`.
struct ScriptCommandTests {
  private let folder = TemporaryFolder()

  private func run(_ arguments: String...) -> Program {
    Program(arguments, input: "/dev/null", in: folder)
  }

  @Test func `a plan with a step is a script that -o writes as it is printed`() {
    folder.add(SmallNode.withGhost)
    let printed = run("script", "node.tar")
    #expect(printed.exitCode == 0)
    #expect(printed.output.hasPrefix("#!/bin/sh\n"))
    #expect(
      printed.output.contains("\n# Cleanup of leftover device-mapper mappings on node pve1\n"))
    #expect(run("script", "node.tar", "-o", "cleanup.sh").output == "")
    #expect(folder.names(in: ".")?.contains("cleanup.sh") == true)
    #expect(run("script", "node.tar", "-o", "-").output == printed.output)
    #expect(folder.names(in: ".")?.contains("-") == false)
  }

  @Test func `a plan without a step has no script`() {
    folder.add(SmallNode())
    let program = run("script", "node.tar")
    #expect(program.exitCode == 0)
    #expect(program.output == "")
  }

  @Test func `a plan without a step leaves no older plan's script under the name`() {
    folder.add(SmallNode.withGhost, as: "ghost.tar")
    folder.add(SmallNode())
    #expect(run("script", "ghost.tar", "-o", "cleanup.sh").exitCode == 0)
    let program = run("script", "node.tar", "-o", "cleanup.sh")
    #expect(program.exitCode == 0)
    #expect(program.errors.contains("removed cleanup.sh: this plan has no step"))
    #expect(folder.names(in: ".")?.contains("cleanup.sh") == false)
    // Somebody's own file stays.
    folder.add("mine\n", as: "cleanup.sh")
    #expect(run("script", "node.tar", "-o", "cleanup.sh").exitCode == 0)
    #expect(folder.names(in: ".")?.contains("cleanup.sh") == true)
  }

  @Test func `what lacks a required source has a script, and a status that says so`() {
    var node = SmallNode.withGhost
    node.lacking = [.qemuProcesses]
    folder.add(node)
    let program = run("script", "node.tar")
    #expect(program.exitCode == 5)
    #expect(program.exitCode == run("node.tar").exitCode)
    node.lacking = [.machineID]
    folder.add(node, as: "unnamed.tar")
    #expect(run("script", "unnamed.tar", "-o", "cleanup.sh").exitCode == 5)
    #expect(run("script", "unnamed.tar", "-o", "none/cleanup.sh").exitCode == 7)
  }

  @Test func `what is no bundle has no script`() {
    #expect(run("script", "absent.tar").exitCode == 3)
  }
}

import BundleFormat
import SmallNode
import TestSupport
import Testing

/// How the program ends, for each number that it promises.
struct ExitStatusTests {
  private let folder = TemporaryFolder()

  private func run(
    _ arguments: String..., input: String = "/dev/null", output: Program.Output = .captured
  ) -> Program {
    Program(arguments, input: input, output: output, in: folder)
  }

  @Test func `0: nothing at or above the severity`() {
    folder.add(SmallNode())
    let program = run("node.tar")
    #expect(program.exitCode == 0, "\(program.errors)\(program.output)")
    #expect(program.output.contains("No findings."))
    #expect(program.errors.isEmpty)
  }

  @Test func `0 and 1: --fail-on moves the border`() {
    folder.add(SmallNode.withGhost)
    #expect(run("node.tar").exitCode == 1)
    #expect(run("report", "node.tar").exitCode == 1)
    #expect(run("node.tar", "--fail-on", "critical").exitCode == 0)
    #expect(run("node.tar", "--fail-on", "notice").exitCode == 1)
  }

  @Test(arguments: [
    [], ["--nonsense", "node.tar"], ["node.tar", "--format", "text", "--format", "json"],
    ["-", "-"], ["node.tar", "--format", "html5"], ["node.tar", "--fail-on", "bad"],
    ["node.tar", "--max-age", "-1"], ["node.tar", "--max-age", "nan"],
    ["node.tar", "--policy", "v26"], ["node.tar", "--compare", "evidence"],
    ["node.tar", "--policy", "v27", "--compare", "v27"], ["node.tar", "--ignore", "no-such-file"],
    ["explain", "node.tar"], ["explain", "node.tar", "no-such-thing"], ["rules", "no-such-rule"],
    ["rules", "a", "b"], ["verify"], ["node.tar", "node.tar", "--format", "html"],
    // What a variable that isn't set leaves.
    ["node.tar", "-o", ""], ["node.tar", "--output="], ["node.tar", "--ignore", ""],
    ["script", "node.tar", "-o", ""], ["diff", "node.tar", "node.tar", "--journal", ""],
    ["mail", "node.tar", "--dry-run", "--ignore", ""],
    ["mail", "node.tar", "--dry-run", "--mail-settings", ""],
    ["node.tar", "--mail", "--mail-ca-file", ""],
    // Standard input twice.
    ["-", "--ignore", "-"], ["mail", "-", "--dry-run", "--ignore", "-"],
  ])
  func `2: usage`(arguments: [String]) {
    folder.add(SmallNode.withGhost)
    let program = Program(arguments, in: folder)
    #expect(program.exitCode == 2)
    #expect(program.output.isEmpty)
    #expect(!program.errors.isEmpty)
  }

  @Test func `2: an ignore file without the form, with its line`() {
    folder.add(SmallNode.withGhost)
    _ = folder.add("ghost-mapping # fine\nghost-maping # typo\n", as: "ignore")
    let program = run("node.tar", "--ignore", "ignore")
    #expect(program.exitCode == 2)
    #expect(
      program.errors
        == "dmanalyze: ignore:2: there is no rule ghost-maping; do you mean ghost-mapping?\n")
  }

  @Test func `3: no bundle, a cut one, and none at all`() {
    folder.add(SmallNode())
    let whole = TestFiles.bytes(of: "\(folder.path)/node.tar") ?? []
    folder.add(Array(whole.prefix(whole.count / 2)), as: "cut.tar")
    _ = folder.add("hello\n", as: "text")
    for name in ["cut.tar", "text", "none", "."] {
      let program = run(name)
      #expect(program.exitCode == 3, "\(name): \(program.errors)")
      #expect(program.output.isEmpty)
      #expect(program.errors.hasPrefix("dmanalyze: \(name) "))
    }
    #expect(run("explain", "text", "100").exitCode == 3)
    #expect(run("verify", "text").exitCode == 3)
  }

  @Test func `4: a newer format`() {
    var node = SmallNode()
    node.format = 2
    folder.add(node)
    #expect(run("node.tar").exitCode == 4)
    #expect(run("explain", "node.tar", "100").exitCode == 4)
  }

  @Test func `5: judged, but a required source is missing`() {
    var node = SmallNode()
    node.lacking = [.lvs]
    folder.add(node)
    let program = run("node.tar")
    #expect(program.exitCode == 5)
    #expect(program.output.contains("Missing sources:\n  lvs: "))
    let explained = run("explain", "node.tar", "ssd-vm--100--disk--0")
    #expect(explained.exitCode == 5)
    #expect(explained.output.contains("unknown  Does LVM's metadata of its group prove anything?"))
  }

  @Test func `5: what nobody knows may be in a source that is missing`() {
    var node = SmallNode()
    node.lacking = [.dmsetupInfo, .lvs]
    folder.add(node)
    let program = run("explain", "node.tar", "ssd-vm--100--disk--0")
    #expect(program.exitCode == 5)
    #expect(
      program.errors
        == "dmanalyze: pve1: no mapping, guest or volume ssd-vm--100--disk--0 is known, but sources are "
        + "missing: dmsetup-info (not in the bundle), lvs (not in the bundle)"
        + "; do you mean ssd:vm-100-disk-0?\n")
  }

  @Test func `5: tables of which none can be read, and a guest without its configuration`() {
    var node = SmallNode.withGhost
    node.texts[.dmsetupTable] = "no table\nat all\n"
    folder.add(node)
    #expect(run("node.tar").exitCode == 5)
    let sample = #"dmtools_missing_sources{cluster="lab",node="pve1"} 1"#
    #expect(run("node.tar", "--format", "openmetrics").output.contains(sample))
    node = SmallNode()
    node.texts[.pveVmlist] = SmallNode.guestList("100", "101")
    folder.add(node)
    let program = run("node.tar")
    #expect(program.exitCode == 5)
    #expect(program.output.contains("the configuration of guest 101 on pve1 is missing"))
  }

  @Test func `5: too old, and the output is unchanged`() {
    folder.add(SmallNode())
    var old = SmallNode()
    old.collectedAt = Timestamp("2001-01-01T00:00:00Z")!
    folder.add(old, as: "old.tar")
    let plain = run("old.tar")
    let aged = run("old.tar", "--max-age", "48")
    #expect(plain.exitCode == 0)
    #expect(aged.exitCode == 5)
    #expect(aged.output == plain.output)
    #expect(aged.errors == "dmanalyze: old.tar is older than 48 hours\n")
  }

  @Test func `7: a full disk, a closed pipe, and a folder that can't be made`() {
    folder.add(SmallNode())
    let full = run("node.tar", output: .file("/dev/full"))
    #expect(full.exitCode == 7)
    #expect(full.errors == "dmanalyze: standard output: No space left on device\n")
    let closed = run("node.tar", output: .closedPipe)
    #expect(closed.exitCode == 7)
    #expect(closed.errors == "dmanalyze: standard output: Broken pipe\n")
    for arguments in [["rules"], ["rules", "crypt"], ["explain", "node.tar", "100"], ["--help"]] {
      #expect(Program(arguments, output: .closedPipe, in: folder).exitCode == 7, "\(arguments)")
    }
    let below = run("node.tar", "-o", "node.tar/reports")
    #expect(below.exitCode == 7)
    #expect(below.errors.contains("Not a directory"))
  }

  @Test func `of several bundles the highest counts, and the others are judged`() {
    folder.add(SmallNode())
    folder.add(SmallNode.withGhost, as: "ghost.tar")
    _ = folder.add("hello\n", as: "text")
    #expect(run("node.tar", "ghost.tar").exitCode == 1)
    let program = run("ghost.tar", "text", "node.tar")
    #expect(program.exitCode == 3)
    #expect(program.output.contains("ghost-mapping"))
    #expect(program.output.contains("No findings."))
  }

  @Test func `help and version end with 0`() {
    #expect(run("--help").exitCode == 0)
    #expect(run("--version").output.hasPrefix("dmanalyze "))
    #expect(run("explain", "--help").output.contains("STORAGE:NAME"))
  }
}

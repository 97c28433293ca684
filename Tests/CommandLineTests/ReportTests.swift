import BundleFormat
import Glibc
import SmallNode
import TestSupport
import Testing

/// Where reports go, and what they are called.
struct ReportTests {
  private let folder = TemporaryFolder()

  private func run(_ arguments: String..., input: String = "/dev/null") -> Program {
    Program(arguments, input: input, in: folder)
  }

  @Test func `a bundle comes from standard input`() {
    let path = folder.add(SmallNode.withGhost)
    let program = run("-", input: path)
    #expect(program.exitCode == 1)
    #expect(program.output.contains("ghost-mapping  ssd-vm--105--disk--0"))
    #expect(run("explain", "-", "105", input: path).exitCode == 0)
  }

  @Test func `the plainest command line means the same in every spelling`() {
    folder.add(SmallNode.withGhost)
    let json = run("node.tar", "--format", "json")
    #expect(json.exitCode == 1)
    for spelling in [
      ["--format", "json", "node.tar"], ["report", "node.tar", "--format", "json"],
      ["--format=json", "node.tar"], ["node.tar", "--format", "json", "--fail-on", "warning"],
    ] {
      let program = Program(spelling, in: folder)
      #expect(program.output == json.output)
      #expect(program.exitCode == 1)
    }
    #expect(run("report", "node.tar").output == run("node.tar").output)
  }

  @Test(arguments: ["report", "verify", "help", "-x", ""])
  func `what is no plain name is left to the parser of options`(name: String) {
    folder.add(SmallNode(), as: "verify")
    let isHelp = name == "help"
    #expect(run(name).exitCode == (isHelp ? 0 : name == "" ? 3 : 2))
    #expect(run("./verify").exitCode == 0)
    #expect(run("node.tar", "--format", "yaml").errors.contains("'yaml'"))
    #expect(run("node.tar", "--format").exitCode == 2)
    #expect(run("node.tar", "--format", "json", "--format", "text").exitCode == 2)
  }

  @Test func `several bundles are one JSON document or text after text`() {
    folder.add(SmallNode())
    folder.add(SmallNode.withGhost, as: "ghost.tar")
    let json = run("node.tar", "ghost.tar", "--format", "json").output
    #expect(json.hasPrefix("{\n  \"schema\": \"dmanalyze.assessments/1\""))
    #expect(json.components(of: "\"schema\": \"dmanalyze.assessment/1\"") == 2)
    #expect(run("node.tar", "--format", "json").output.components(of: "assessments") == 0)
    #expect(run("node.tar", "ghost.tar").output.components(of: "Node pve1") == 2)
  }

  @Test func `a bundle that is named twice is judged twice`() {
    folder.add(SmallNode())
    #expect(run("node.tar", "node.tar").output.components(of: "Node pve1") == 2)
  }

  @Test func `-o names its files after the node and prints their paths`() {
    folder.add(SmallNode.withGhost)
    let program = run("node.tar", "-o", "out/new", "--format", "json", "--format", "text")
    #expect(program.exitCode == 1)
    #expect(folder.names(in: "out/new") == ["pve1-cleanup.sh", "pve1.json", "pve1.txt"])
    #expect(
      program.output == "out/new/pve1.json\nout/new/pve1.txt\nout/new/pve1-cleanup.sh\n")
  }

  @Test func `a plan without a step leaves no older plan's script beside its report`() {
    folder.add(SmallNode.withGhost)
    _ = run("node.tar", "-o", "out")
    folder.add(SmallNode())
    let program = run("node.tar", "-o", "out")
    #expect(folder.names(in: "out") == ["pve1.html", "pve1.json"])
    #expect(program.output == "out/pve1.html\nout/pve1.json\n")
    #expect(program.errors.contains("removed out/pve1-cleanup.sh"))
    #expect(!run("node.tar", "-o", "out").errors.contains("removed"))
  }

  @Test func `-o alone writes the page, the JSON and the script`() {
    folder.add(SmallNode.withGhost)
    let program = run("node.tar", "-o", "out")
    #expect(program.output == "out/pve1.html\nout/pve1.json\nout/pve1-cleanup.sh\n")
    #expect(run("node.tar", "--format", "html").output.hasPrefix("<!DOCTYPE html>\n"))
  }

  @Test func `each face has its ending, and a format named twice is written once`() {
    folder.add(SmallNode.withGhost)
    let formats = ["markdown", "sarif", "junit", "openmetrics", "junit"]
    let program = Program(
      ["node.tar", "-o", "out"] + formats.flatMap { ["--format", $0] }, in: folder)
    #expect(
      folder.names(in: "out")
        == ["pve1-cleanup.sh", "pve1.junit.xml", "pve1.md", "pve1.prom", "pve1.sarif"])
    #expect(program.output.components(of: "pve1.junit.xml") == 1)
    for (format, start) in [
      ("markdown", "# Device mapper on pve1"), ("sarif", "{\n  \"$schema\""),
      ("junit", "<?xml version"), ("openmetrics", "# HELP dmtools_mappings"),
    ] {
      #expect(run("node.tar", "--format", format).output.hasPrefix(start), "\(format)")
    }
  }

  @Test func `several bundles are one document where the format has one`() {
    folder.add(SmallNode())
    folder.add(SmallNode.withGhost, as: "ghost.tar")
    let sarif = run("node.tar", "ghost.tar", "--format", "sarif").output
    #expect(sarif.components(of: "\"version\": \"2.1.0\"") == 1)
    #expect(sarif.components(of: "\"automationDetails\"") == 2)
    let junit = run("node.tar", "ghost.tar", "--format", "junit").output
    #expect(junit.components(of: "<testsuites>") == 1)
    #expect(junit.components(of: "<testsuite ") == 2)
    #expect(
      run("node.tar", "ghost.tar", "--format", "openmetrics").output.components(of: "# EOF") == 1)
    let markdown = run("node.tar", "ghost.tar", "--format", "markdown").output
    #expect(markdown.components(of: "# Device mapper on pve1") == 2)
  }

  @Test func `one of several that can't be read leaves a document of several`() {
    folder.add(SmallNode())
    let program = run("node.tar", "nothing.tar", "--format", "json")
    #expect(program.exitCode == 3)
    #expect(program.output.hasPrefix("{\n  \"schema\": \"dmanalyze.assessments/1\""))
  }

  @Test func `what takes longer than a second is told on standard error`() {
    folder.add(SmallNode())
    #expect(run("node.tar").errors.isEmpty)
    mkfifo("\(folder.path)/slow", 0o600)
    let script = "exec 3>'\(folder.path)/slow'; sleep 2; cat '\(folder.path)/node.tar' >&3"
    var writer: pid_t = 0
    let words: [UnsafeMutablePointer<CChar>?] = [strdup("sh"), strdup("-c"), strdup(script), nil]
    defer { for word in words { free(word) } }
    #expect(posix_spawn(&writer, "/bin/sh", nil, nil, words, environ) == 0)
    let program = run("-", input: "\(folder.path)/slow")
    waitpid(writer, nil, 0)
    #expect(program.exitCode == 0)
    #expect(program.errors == "dmanalyze: reading standard input takes a while\n")
  }

  @Test func `an explanation has a document of its own`() {
    folder.add(SmallNode.withGhost)
    let program = run("explain", "node.tar", "105", "--format", "json")
    #expect(program.exitCode == 0)
    #expect(program.output.hasPrefix("{\n  \"schema\": \"dmanalyze.explanation/1\""))
    #expect(run("explain", "node.tar", "105", "--format", "html").exitCode == 2)
  }

  @Test func `two bundles of one node bear their times`() {
    folder.add(SmallNode())
    var later = SmallNode()
    later.collectedAt = Timestamp("2026-11-23T07:00:00Z")!
    folder.add(later, as: "later.tar")
    _ = run("node.tar", "later.tar", "-o", "out", "--format", "json")
    #expect(
      folder.names(in: "out") == ["pve1-20261122T195400Z.json", "pve1-20261123T070000Z.json"])
  }

  @Test func `a page names the script that was written beside it`() {
    folder.add(SmallNode.withGhost)
    _ = run("node.tar", "-o", "out")
    var later = SmallNode.withGhost
    later.collectedAt = Timestamp("2026-11-23T07:00:00Z")!
    folder.add(later, as: "later.tar")
    _ = run("node.tar", "later.tar", "-o", "out")
    for name in ["pve1", "pve1-20261122T195400Z", "pve1-20261123T070000Z"] {
      let page = TestFiles.text(of: "\(folder.path)/out/\(name).html")
      #expect(page.components(of: "sh \(name)-cleanup.sh") > 2, "\(name)")
      #expect(folder.names(in: "out")?.contains("\(name)-cleanup.sh") == true)
      if name != "pve1" { #expect(!page.contains("sh pve1-cleanup.sh")) }
    }
  }

  @Test func `-o takes no stream`() {
    folder.add(SmallNode())
    #expect(run("node.tar", "-o", "-").exitCode == 2)
  }

  @Test func `two bundles of one node and one second don't share a file`() {
    folder.add(SmallNode())
    folder.add(SmallNode.withGhost, as: "other.tar")
    _ = run("node.tar", "other.tar", "-o", "out", "--format", "json")
    let names = (folder.names(in: "out") ?? []).filter { $0.hasSuffix(".json") }
    #expect(names.count == 2)
    #expect(names.allSatisfy { $0.hasPrefix("pve1-20261122T195400Z") }, "\(names)")
  }

  @Test(arguments: [
    "../../etc/x", "", "pve 1", "..", "\u{1B}[2J", String(repeating: "n", count: 64),
  ])
  func `a node's name that is unfit for a file is replaced by the bundle's hash`(name: String) {
    var node = SmallNode()
    node.name = name
    node.texts[.pveMembers] = "{\"nodename\": \"pve1\", \"version\": 2}\n"
    folder.add(node)
    _ = run("node.tar", "-o", "out", "--format", "json")
    let names = folder.names(in: "out") ?? []
    #expect(names.count == 1)
    #expect(names.allSatisfy { $0.hasPrefix("node-") && $0.utf8.count == 22 }, "\(names)")
  }

  @Test func `the same bundle gives the same bytes, whatever its file is called`() {
    folder.add(SmallNode.withGhost)
    folder.add(SmallNode.withGhost, as: "other.tar")
    let (one, two) = (run("node.tar", "--format", "json"), run("other.tar", "--format", "json"))
    #expect(one.output == two.output)
    #expect(!one.output.isEmpty)
  }

  @Test func `hostile text reaches no terminal as it is`() {
    let evil = "\u{1B}]0;pwned\u{7}\u{1B}[2J\u{202E}\u{9B}31m"
    var node = SmallNode.withGhost
    node.configurations["pve1/qemu-server/100.conf"]! += "args: /dev/ssd/\(evil)\n"
    node.configurations["pve1/qemu-server/106.conf"] =
      "name: \(evil)\nlock: \(evil)\nscsi0: ssd:vm-106-\(evil)\n"
    node.texts[.pveVmlist] = SmallNode.guestList("100", "106")
    node.texts[.fstab] = "/dev/mapper/\(evil) / ext4\n"
    folder.add(node)
    for arguments in [
      ["node.tar"], ["node.tar", "--compare", "v27"], ["node.tar", "--policy", "v27"],
      ["explain", "node.tar", "100"], ["explain", "node.tar", "106"],
      ["explain", "node.tar", "ssd-vm--105--disk--0"], ["explain", "node.tar", evil],
      ["verify", "node.tar"], ["rules", evil], [evil], ["node.tar", "--ignore", evil],
      ["node.tar", "--format", evil], ["--\(evil)"], ["node.tar", "-o", evil],
    ] {
      let program = Program(arguments, in: folder)
      let text = program.output + program.errors
      #expect(!text.unicodeScalars.contains { Self.isUnsafe($0) }, "\(arguments[0]): \(text)")
    }
    #expect(run("explain", "node.tar", "106").output.contains(#"\x1b[2J"#))
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    scalar != "\n" && (scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value))
      || scalar == "\u{202E}"
  }

  @Test func `ignored findings stay visible, and idle lines are named`() {
    folder.add(SmallNode.withGhost)
    _ = folder.add(
      """
      ghost-mapping:ssd-vm--105--* until 2027-01-31 # removed with the next maintenance
      lost-volume # nobody has one
      cpu-high until 2026-01-01 # old
      """, as: "ignore")
    let program = run("node.tar", "--ignore", "ignore")
    #expect(program.exitCode == 0)
    #expect(program.output.contains("Ignored: 1 warning"))
    #expect(
      program.output.contains("[ignored until 2027-01-31: removed with the next maintenance]"))
    #expect(
      program.errors == """
        dmanalyze: ignore:2: lost-volume matches nothing
        dmanalyze: ignore:3: cpu-high matches nothing

        """)
    _ = folder.add("ghost-mapping until 2026-11-01 # a month\n", as: "late")
    let late = run("node.tar", "--ignore", "late")
    #expect(late.exitCode == 1)
    #expect(
      late.errors
        == "dmanalyze: late:1: ghost-mapping expired on 2026-11-01: 1 finding counts again\n")
  }

  @Test func `a line that matches in one of several bundles is not idle`() {
    folder.add(SmallNode())
    folder.add(SmallNode.withGhost, as: "ghost.tar")
    _ = folder.add("ghost-mapping # known\n", as: "ignore")
    let program = run("ghost.tar", "node.tar", "--ignore", "ignore")
    #expect(program.exitCode == 0)
    #expect(program.errors.isEmpty)
  }

  @Test func `v27 counts its own way, and its issues fail the run`() {
    folder.add(SmallNode.withGhost)
    let program = run("node.tar", "--policy", "v27")
    #expect(program.exitCode == 1)
    #expect(program.output.contains("Grade A+, score 100 of 100, WARNING by v27's rules"))
    #expect(program.output.contains("v27-orphaned  ssd-vm--105--disk--0"))
    #expect(!program.output.contains("Plan:"))
  }

  @Test func `unknown things are answered with near names`() {
    folder.add(SmallNode.withGhost)
    #expect(
      run("explain", "node.tar", "ssd-vm--10--disk--0").errors
        == "dmanalyze: pve1 has no mapping, guest or volume ssd-vm--10--disk--0; do you mean "
        + "ssd-vm--100--disk--0 or ssd-vm--105--disk--0?\n")
    #expect(
      run("rules", "ghost-maping").errors
        == "dmanalyze: there is no rule ghost-maping; do you mean ghost-mapping?\n")
  }
}

extension String {
  /// How often a text occurs.
  fileprivate func components(of text: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: text) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}

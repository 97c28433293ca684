import Analysis
import BundleFormat
import NodeState
import SmallNode
import TestSupport
import Testing

@testable import Rendering

/// What a run writes down, and what it says of a removal: the kernel's word, and nothing without a record.
struct ScriptRecordTests {
  private static let ghost = "ssd-vm--105--disk--0"

  private func node() -> StubbedNode { StubbedNode(SmallNode.withGhost.bundle) }

  /// A node whose `dmsetup` does something before a removal, or instead of it.
  private func node(whenRemoving command: String) -> StubbedNode {
    let node = node()
    let stub = "#!/bin/dash\ncase $1 in remove) \(command) ;; esac\n"
    let rest = String(decoding: node.folder.read("bin/dmsetup"), as: UTF8.self)
    node.folder.write(stub + rest, to: "bin/dmsetup", executable: true)
    return node
  }

  private func fails(_ node: StubbedNode, saying words: String) {
    #expect(node.run("--yes --only \(Self.ghost)") == 1, "\(node.said)")
    #expect(node.said.contains("FAILED      \(Self.ghost)"), "\(node.said)")
    #expect(node.said.contains(words), "\(node.said)")
    #expect(!node.said.contains("removed "), "\(node.said)")
  }

  @Test(arguments: ["exit 0", "echo busy >&2; exit 1"])
  func `a mapping that is still there was not removed, with or without sysfs`(end: String) {
    for preparation in ["true", "rm -r sys"] {
      let node = node(whenRemoving: end)
      node.folder.run("cd \(node.folder.path) && \(preparation)")
      fails(node, saying: "ended with")
      #expect(!node.said.contains("put them back"), "\(node.said)")
    }
  }

  @Test func `what is activated again at once was not removed`() {
    let node = node(
      whenRemoving: """
        cp "$ROOT/info" "$ROOT/info.was"; cp "$ROOT/table" "$ROOT/table.was"; touch "$ROOT/again" ;;
        info) if [ -e "$ROOT/again" ]; then cp "$ROOT/info.was" "$ROOT/info"; cp "$ROOT/table.was" "$ROOT/table"; fi
        """)
    fails(node, saying: "activated again at once")
  }

  @Test(arguments: [
    "s/^\\(ssd-vm--100.*\\)L--w$/\\1L-sw/", "s/^\\(ssd-vm--100.*\\)L--w$/\\1LI-w/",
  ])
  func `another mapping that is left in another state is a surprise`(change: String) {
    let node = node(whenRemoving: "sed -i '\(change)' \"$ROOT/info\"")
    fails(node, saying: "the state of the mapping ssd-vm--100--disk--0 is")
    #expect(node.said.contains("Stopped: something other than planned happened"), "\(node.said)")
  }

  @Test func `a partition that went alone is told`() {
    for shell in ["dash", "bash", Shells.busybox].compactMap(\.self) {
      let node = StubbedNode(SmallNode.withPartition.bundle)
      node.hinder("dmsetup", where: "remove\\ -u\\ LVM*", by: "echo 'it will not go' >&2; exit 1")
      #expect(node.run("--yes --only \(Self.ghost)", by: shell) == 1, "\(node.said)")
      #expect(
        node.said.contains(
          """
          FAILED      \(Self.ghost): it is still there; ended with 1: it will not go
                      its partition \(Self.ghost)p1 was removed first
          0 done, 0 skipped, 0 refused, 1 failed, 0 already gone.
          """), "\(shell): \(node.said)")
      let whole = StubbedNode(SmallNode.withPartition.bundle)
      #expect(whole.run("--yes --only \(Self.ghost)", by: shell) == 0, "\(whole.said)")
      #expect(
        whole.said.hasPrefix(
          "removed     \(Self.ghost)\n            its partition \(Self.ghost)p1 was removed first\n"
        ),
        "\(shell): \(whole.said)")
    }
  }

  @Test func `folders by any name keep the way back, and are told as a shell takes them`() {
    for shell in ["dash", "bash", Shells.busybox].compactMap(\.self) {
      let node = node()
      let root = node.folder.path
      func run(_ arguments: String) -> Int32 {
        node.folder.run(
          "cd \(root) && PATH=\(root)/bin:$PATH ROOT=\(root) \(shell) ./run.sh --log 'my log' \(arguments) "
            + ">said 2>&1 </dev/null")
      }
      #expect(run("--state-dir state=1 --yes --only \(Self.ghost)") == 0, "\(node.said)")
      let told = "--log '\(root)/my log' --state-dir \(root)/state=1\n"
      #expect(node.said.hasSuffix(told), "\(shell): \(node.said)")
      #expect(run("--undo state=1/undo-*") == 0, "\(shell): \(node.said)")
      #expect(node.said.contains("restored    \(Self.ghost)"), "\(shell): \(node.said)")
    }
  }

  @Test func `a question that nobody reads is not answered`() {
    for shell in ["dash", "bash", Shells.busybox].compactMap(\.self) {
      var small = SmallNode.withGhost
      let second = SmallNode.ghostID.replacing("GHOGHO", with: "SECOND")
      small.texts[.dmsetupInfo]! +=
        "ssd-vm--106--disk--0|LVM-\(SmallNode.groupID)\(second)|253|3|0|1|0|L--w\n"
      small.texts[.dmsetupTable]! += "ssd-vm--106--disk--0: 0 65536 linear 8:16 198656\n"
      let node = StubbedNode(small.bundle)
      let root = node.folder.path
      #expect(node.assessment.plan.phase2.count == 2)
      node.folder.run(
        "printf 'y\\ny\\ny\\n' | (trap '' PIPE; PATH=\(root)/bin:$PATH ROOT=\(root) exec \(shell) "
          + "\(root)/run.sh --state-dir \(root)/state --log \(root)/log --interactive >/dev/full 2>&1)"
      )
      #expect(node.removals.isEmpty, "\(shell)")
    }
  }

  @Test func `a pipe is no log`() {
    for shell in ["dash", "bash", Shells.busybox].compactMap(\.self) {
      let node = node()
      node.folder.run("mkfifo \(node.folder.path)/pipe")
      let arguments = "--yes --only \(Self.ghost) --log \(node.folder.path)/pipe"
      #expect(node.run(arguments, by: shell) == 1, "\(node.said)")
      #expect(node.said.contains("pipe cannot be written: it is a pipe"), "\(shell): \(node.said)")
      #expect(node.removals.isEmpty)
    }
  }

  @Test func `without a log nothing is removed`() {
    for (arguments, path) in [("--log /dev/full", "/dev/full"), ("", "journal")] {
      for shell in ["dash", "bash", Shells.busybox].compactMap(\.self) {
        let node = node()
        if path == "journal" {
          let digest = PlanDigest(of: node.assessment.plan).hex
          node.folder.run(
            "cd \(node.folder.path) && mkdir state && ln -s /dev/full state/\(digest).journal")
        }
        #expect(node.run("--yes --only \(Self.ghost) \(arguments)", by: shell) == 1, "\(node.said)")
        #expect(node.said.contains("\(path) cannot be written."), "\(shell): \(node.said)")
        #expect(node.removals.isEmpty)
      }
    }
  }

  @Test func `without its undo record nothing is removed, and the run ends`() {
    for shell in ["dash", "bash", Shells.busybox].compactMap(\.self) {
      let node = node()
      // The record's file has no room from the header on.
      node.folder.write(
        """
        #!/bin/dash
        for file in "$ROOT"/state/undo-*; do
          [ ! -f "$file" ] || [ -L "$file" ] || { rm "$file"; ln -s /dev/full "$file"; }
        done
        cat "$ROOT/vgs"

        """, to: "bin/vgs", executable: true)
      #expect(node.run("--yes --only \(Self.ghost)", by: shell) == 1, "\(node.said)")
      #expect(node.said.contains("Stopped: "), "\(shell): \(node.said)")
      #expect(node.removals.isEmpty, "\(shell): \(node.said)")
    }
  }

  @Test func `without what its record is made of nothing is removed`() {
    for shell in ["dash", "bash", Shells.busybox].compactMap(\.self) {
      let node = node()
      node.hinder("awk", where: "*'index($0, name \": \") == 1'*")
      #expect(node.run("--yes --only \(Self.ghost)", by: shell) == 1, "\(node.said)")
      #expect(node.said.contains("Stopped: "), "\(shell): \(node.said)")
      #expect(node.removals.isEmpty, "\(shell): \(node.said)")
    }
  }

  @Test func `a record that a full disk cut spoils none that is written later`() {
    let node = node()
    #expect(node.run("--yes --only \(Self.ghost)") == 0, "\(node.said)")
    node.folder.run(
      """
      cd \(node.folder.path) && grep '^undo' state/undo-* >record && head -n 1 state/undo-* >undo &&
      head -c 90 record >>undo && { echo; cat record; } >>undo
      """)
    #expect(node.run("--undo \(node.folder.path)/undo") == 0, "\(node.said)")
    #expect(node.said.contains("left out    a record that was not written whole"), "\(node.said)")
    #expect(node.said.contains("restored    \(Self.ghost)"), "\(node.said)")
  }

  @Test func `a log whose last line was cut goes on on a new line`() {
    let node = node()
    node.folder.write("2026-01-01T00:00:00Z\tcut", to: "log")
    #expect(node.run("--yes --only \(Self.ghost)") == 0, "\(node.said)")
    #expect(
      String(decoding: node.folder.read("log"), as: UTF8.self).hasPrefix(
        "2026-01-01T00:00:00Z\tcut\n"))
  }

  @Test func `runs with other folders exclude each other`() {
    let node = node()
    node.folder.run("mkdir -p \(node.folder.path)/run")
    let status = node.folder.run(
      "cd \(node.folder.path) && flock run/dmtools-cleanup.lock env PATH=$PWD/bin:$PATH ROOT=$PWD dash run.sh "
        + "--yes --state-dir other --log log >said 2>&1")
    #expect(status == 1)
    #expect(node.said.contains("another run holds"), "\(node.said)")
    #expect(node.removals.isEmpty)
  }

  @Test(arguments: ["--yes", "--interactive"])
  func `a run whose first look fails leaves no record`(mode: String) {
    for shell in ["dash", "bash", Shells.busybox].compactMap(\.self) {
      let node = node()
      node.hinder("find", where: "*", by: "exit 1")
      #expect(node.run(mode, by: shell) == 1, "\(shell): \(node.said)")
      #expect(node.said.contains("Nothing can be proved: "), "\(shell): \(node.said)")
      #expect(node.folder.run("ls \(node.folder.path)/state/undo-* 2>&-") != 0, "\(shell)")
    }
  }

  @Test func `a record that cannot be read is not taken for an empty one`() {
    for shell in ["dash", "bash", Shells.busybox].compactMap(\.self) {
      let node = node()
      node.hinder("awk", where: "*'count--'*")
      #expect(node.run("--yes --only \(Self.ghost)", by: shell) == 0, "\(shell): \(node.said)")
      #expect(node.said.contains("To put them back: "), "\(shell): \(node.said)")
    }
  }

  /// Helpers that a run needs on its way, by their arguments.
  private static let helpers = [
    ("awk", "*'function mapping_fault'*"), ("awk", "*'function is_own'*"),
    ("awk", "*'index($0, name'*"), ("tail", "*/found"), ("sed", "*/found"), ("grep", "*in?use*"),
    ("cat", "*/paths"), ("tr", "*-cd*"), ("cmp", "*"), ("date", "*"),
  ]

  @Test(arguments: helpers)
  func `the terminal's interrupt ends a run after its step, which is whole`(
    helper: String, pattern: String
  ) {
    for shell in ["dash", "bash", Shells.busybox].compactMap(\.self) {
      let node = node()
      node.hinder(
        helper, where: pattern,
        by: "[ -e \"$ROOT/calls\" ] && mkdir \"$ROOT/once\" 2>&- && kill -INT 0")
      // In a group of processes of its own, like a terminal's.
      #expect(node.run("--yes --only \(Self.ghost)", by: "setsid -w \(shell)") == 4, "\(shell)")
      #expect(node.said.contains("removed     \(Self.ghost)\nStopped by a signal"), "\(node.said)")
      #expect(node.removals.count == 1, "\(shell): \(node.said)")
    }
  }

  @Test func `a question is answered by the terminal's interrupt`() {
    for shell in ["dash", "bash", Shells.busybox].compactMap(\.self) {
      let node = node()
      // Input that never comes, and a signal when it is waited for.
      node.folder.run("sed -i '1a echo $$ >\"$ROOT/pid\"' \(node.folder.path)/run.sh")
      let status = node.folder.run(
        """
        cd \(node.folder.path) && mkfifo silent && : >said
        { until grep -q 'Remove it' said; do sleep 0.05; done; sleep 0.2; kill -INT "$(cat pid)"; } &
        PATH=$PWD/bin:$PATH ROOT=$PWD timeout -k 1 20 \(shell) run.sh --interactive --state-dir state \
          --log log <>silent >said 2>&1
        """)
      #expect(status == 4, "\(shell): \(node.said)")
      #expect(node.said.contains("Stopped by a signal (INT)."), "\(shell): \(node.said)")
      #expect(node.removals.isEmpty)
    }
  }

  @Test func `a run that expires between two steps says what it did`() {
    let late = node()
    let now = late.assessment.snapshot.bundle.manifest.collectedAt.secondsSinceEpoch + 60
    late.folder.write(
      """
      #!/bin/dash
      case $2 in
        +%s) if [ -e "$ROOT/late" ]; then echo 99999999999; else echo \(now); : >"$ROOT/late"; fi ;;
        *) echo 2026-01-01T00:00:00Z ;;
      esac

      """, to: "bin/date", executable: true)
    #expect(late.run("--yes --only \(Self.ghost)") == 3, "\(late.said)")
    #expect(late.said.contains("older than 24 hours"), "\(late.said)")
    #expect(late.said.contains("0 done, 0 skipped, 0 refused, 0 failed"), "\(late.said)")
  }
}

import Analysis
import BundleFormat
import SmallNode
import TestSupport
import Testing

@testable import Rendering

/// `--undo` puts a mapping back only where all that it was made of is known to be free.
struct ScriptUndoTests {
  private static let ghost = "ssd-vm--105--disk--0"
  private static let ghostUUID = "LVM-\(SmallNode.groupID)\(SmallNode.ghostID)"
  private static let pool = "PoolPo-olPo-olPo-olPo-olPo-olPo-olPool"
  private static let poolUUID = "LVM-\(SmallNode.groupID)\(pool.replacing("-", with: ""))-tpool"

  /// A node whose leftover was removed.
  private func cleaned(
    _ small: SmallNode = .withGhost, by shell: String = "dash",
    after prepare: (StubbedNode) -> Void = { _ in }
  ) -> StubbedNode {
    let node = StubbedNode(small.bundle)
    prepare(node)
    #expect(node.run("--yes --only \(Self.ghost)", by: shell) == 0, "\(node.said)")
    node.folder.run("cp \(node.folder.path)/state/undo-* \(node.folder.path)/undo")
    return node
  }

  /// The leftover lies on two mappings of other origin, in the plan and on the node.
  private func putOnTwoMappings(_ node: StubbedNode) {
    let first = "0 32768 linear 253:20 67584"
    let second = "32768 32768 linear 253:21 67584"
    node.edit("run.sh", "s/0 65536 linear 8:16 67584/\(first);\(second)/")
    node.edit("table", "s/^\(Self.ghost): .*/\(Self.ghost): \(first)\\n\(Self.ghost): \(second)/")
    let group = "GRPGRP-0123-4567-89GR-PGRP-0123-456789"
    node.folder.write(
      "  /dev/a|2048|253|20|8192|\(group)|a|\n  /dev/b|2048|253|21|8192|\(group)|b|\n", to: "pvs")
    node.edit("vgs", "s/|1|1|3$/|2|1|3/")
    let info = "mp-a|mpath-A|253|20|1|L--w\nmp-b|mpath-B|253|21|1|L--w\n"
    node.folder.write(node.folder.read("info") + Array(info.utf8), to: "info")
  }

  private static var thin: SmallNode {
    var node = SmallNode.withGhost
    node.texts[.dmsetupInfo]! += "ssd-data-tpool|\(poolUUID)|253|20|1|1|0|L--w\n"
    node.texts[.dmsetupTable]?.replace("linear 8:16 67584", with: "thin 253:20 7")
    node.texts[.dmsetupTable]! += "ssd-data-tpool: 0 99999 zero\n"
    return node
  }

  private func restores(_ node: StubbedNode, _ table: String, by shell: String = "dash") {
    #expect(node.run("--undo \(node.folder.path)/undo", by: shell) == 0, "\(shell): \(node.said)")
    let made = ["dmsetup", "create", Self.ghost, "--uuid", Self.ghostUUID, "--table", table]
    #expect(node.creations == [made], "\(node.said)")
  }

  private func refuses(_ node: StubbedNode, saying words: String) {
    for shell in ["dash", "bash", Shells.busybox].compactMap(\.self) {
      #expect(node.run("--undo \(node.folder.path)/undo", by: shell) == 1, "\(node.said)")
      #expect(node.said.contains("refused     \(Self.ghost): \(words)"), "\(node.said)")
      #expect(node.creations.isEmpty)
    }
  }

  @Test func `a mapping comes back as it was, in each shell`() {
    for shell in ["dash", "bash", Shells.busybox].compactMap(\.self) {
      restores(cleaned(by: shell), "0 65536 linear 8:16 67584", by: shell)
    }
  }

  @Test func `what could only be read can only be read again, by the plan's own words`() {
    for shell in ["dash", "bash", Shells.busybox].compactMap(\.self) {
      var small = SmallNode.withGhost
      small.texts[.dmsetupInfo]?.replace("|253|1|0|1|0|L--w", with: "|253|1|0|1|0|L--r")
      let node = cleaned(small, by: shell)
      #expect(node.run("--undo \(node.folder.path)/undo", by: shell) == 0, "\(node.said)")
      #expect(node.said.contains("restored    \(Self.ghost)"), "\(shell): \(node.said)")
      #expect(node.creations.first?.contains("--readonly") == true, "\(shell)")
      #expect(node.creations == node.assessment.plan.phase2.first?.undo, "\(shell)")
    }
  }

  @Test(arguments: [
    ("L--w", "0 65536 linear 8:16 9", "it is there, but its table is 0 65536 linear 8:16 9"),
    ("L--r", "0 65536 linear 8:16 67584", "it is there, but its state is L--r, not L--w"),
  ])
  func `what is there with another table or mode is not there`(
    attributes: String, table: String, words: String
  ) {
    let node = cleaned()
    let row = "\(Self.ghost)|\(Self.ghostUUID)|253|1|0|\(attributes)\n"
    node.folder.write(node.folder.read("info") + Array(row.utf8), to: "info")
    let line = "\(Self.ghost): \(table)\n"
    node.folder.write(node.folder.read("table") + Array(line.utf8), to: "table")
    refuses(node, saying: words)
  }

  @Test(arguments: ["--readonly", "linear 8:16 9"])
  func `what comes back with another table or mode is not restored`(change: String) {
    let node = cleaned()
    node.hinder(
      "dmsetup", where: "create*",
      by: change == "--readonly"
        ? "\"$ROOT/bin/own-dmsetup\" \"$1\" \"$2\" \"$3\" \"$4\" --readonly \"$5\" \"$6\"; exit"
        : "\"$ROOT/bin/own-dmsetup\" \"$1\" \"$2\" \"$3\" \"$4\" \"$5\" '0 65536 \(change)'; exit")
    #expect(node.run("--undo \(node.folder.path)/undo") == 1, "\(node.said)")
    #expect(node.said.contains("FAILED      \(Self.ghost): it is there, but its"), "\(node.said)")
  }

  @Test func `a mapping below may have mangled bytes in its uuid`() {
    for shell in ["dash", "bash", Shells.busybox].compactMap(\.self) {
      let node = cleaned(by: shell) { node in
        putOnTwoMappings(node)
        node.edit("info", #"s/mpath-A/mpath-1ATA\\x20QEMU/"#)
      }
      let group = "GRPGRP-0123-4567-89GR-PGRP-0123-456789"
      node.folder.write(
        "  /dev/a|2048|253|20|8192|\(group)|a|\n  /dev/b|2048|253|21|8192|\(group)|b|\n",
        to: "pvs")
      restores(node, "0 32768 linear 253:20 67584\n32768 32768 linear 253:21 67584", by: shell)
    }
  }

  @Test(arguments: [(20, 21), (21, 20), (21, 22), (30, 20)])
  func `mappings below that have other numbers now are all found`(first: Int, second: Int) {
    let node = cleaned(after: putOnTwoMappings)
    node.edit(
      "info",
      "s/|mpath-A|253|20|/|mpath-A|253|\(first)|/;s/|mpath-B|253|21|/|mpath-B|253|\(second)|/")
    let group = "GRPGRP-0123-4567-89GR-PGRP-0123-456789"
    node.folder.write(
      "  /dev/a|2048|253|\(first)|8192|\(group)|a|\n  /dev/b|2048|253|\(second)|8192|\(group)|b|\n",
      to: "pvs")
    restores(
      node, "0 32768 linear 253:\(first) 67584\n32768 32768 linear 253:\(second) 67584")
  }

  private static let handMade = "ssd-vm--300--disk--0"

  /// A node whose mapping by hand, on a disk that LVM has nothing on, was removed.
  private func cleanedOfHandMade(
    by shell: String = "dash", where prepare: String = "true"
  ) -> StubbedNode {
    var small = SmallNode.withGhost
    small.texts[.dmsetupInfo]! += "\(Self.handMade)||253|7|0|1|0|L--w\n"
    small.texts[.dmsetupTable]! += "\(Self.handMade): 0 65536 linear 65:16 2048\n"
    small.texts[.lsblk] = #"{"blockdevices": [{"maj:min":"65:16","tran":"sata"}]}"# + "\n"
    let node = StubbedNode(small.bundle)
    node.folder.write("17\n", to: "sys/dev/block/65:16/diskseq")
    node.folder.run("cd \(node.folder.path)/sys/dev/block/65:16 && \(prepare)")
    #expect(node.run("--yes --only \(Self.handMade)", by: shell) == 0, "\(node.said)")
    node.folder.run("cp \(node.folder.path)/state/undo-* \(node.folder.path)/undo")
    return node
  }

  @Test func `what was made by hand on a disk of its own comes back`() {
    for shell in ["dash", "bash", Shells.busybox].compactMap(\.self) {
      let node = cleanedOfHandMade(by: shell)
      #expect(!node.said.contains("cannot put it back"), "\(shell): \(node.said)")
      #expect(node.run("--undo \(node.folder.path)/undo", by: shell) == 0, "\(node.said)")
      let made = ["dmsetup", "create", Self.handMade, "--table", "0 65536 linear 65:16 2048"]
      #expect(node.creations == [made], "\(shell): \(node.said)")
    }
  }

  @Test(arguments: [
    ("echo 18 >sys/dev/block/65:16/diskseq", "what it lay on is gone"),
    ("rm sys/dev/block/65:16/diskseq", "what it lay on is gone"),
    ("mkdir -p sys/dev/block/65:16/sdq1/partition", "65:16 is used by others now"),
    ("mkdir -p sys/dev/block/65:16/holders/md0", "65:16 is used by others now"),
    ("echo '  /dev/sdq|2048|65|16|8192||q|' >>pvs", "65:16 is no disk of a volume group"),
    (": >pvs", "LVM printed no disk of its volume groups"),
    ("echo 'm: 0 99 multipath 0 0 1 1 a 0 1 1 65:16 1' >>table", "the mapping m has its disk now"),
    ("echo 'm: 0 99 striped 1 128 65:16 4096' >>table", "the mapping m has its blocks now"),
  ])
  func `it does not where that disk is used, or another one`(change: String, words: String) {
    let node = cleanedOfHandMade()
    node.folder.run("cd \(node.folder.path) && \(change)")
    #expect(node.run("--undo \(node.folder.path)/undo") == 1, "\(node.said)")
    #expect(node.said.contains("refused     \(Self.handMade): \(words)"), "\(node.said)")
    #expect(node.creations.isEmpty)
  }

  @Test func `it does not where LVM hides who has the blocks`() {
    let node = cleanedOfHandMade()
    // Of an exported group it prints no volume.
    node.folder.run(
      """
      cd \(node.folder.path) && : >ranges &&
      echo '  /dev/sdq|2048|65|16|8192|GRPGRP-0123-4567-89GR-PGRP-0123-456789|q|' >>pvs &&
      sed -i 's/|ssd|0|||/|ssd|0||exported|/' vgs
      """)
    #expect(node.run("--undo \(node.folder.path)/undo") == 1, "\(node.said)")
    #expect(node.said.contains("refused     \(Self.handMade): "), "\(node.said)")
    #expect(node.said.contains("exported"), "\(node.said)")
    #expect(node.creations.isEmpty)
  }

  @Test func `nothing comes back on another disk that has the number now`() {
    let node = cleaned { node in
      node.folder.write("17\n", to: "sys/dev/block/8:16/diskseq")
    }
    restores(node, "0 65536 linear 8:16 67584")
    let other = cleaned { node in
      node.folder.write("17\n", to: "sys/dev/block/8:16/diskseq")
    }
    other.folder.write("18\n", to: "sys/dev/block/8:16/diskseq")
    refuses(other, saying: "what it lay on is gone")
  }

  @Test func `what LVM activates comes back wherever its disk is by now`() {
    var small = SmallNode()
    small.texts[.dmsetupInfo]?.replace("|253|0|1|1|", with: "|253|0|0|1|")
    small.texts[.qemuProcesses] = ""
    small.texts[.qmList] = SmallNode.machineList("100 web stopped")
    let node = StubbedNode(small.bundle)
    node.folder.write("17\n", to: "sys/dev/block/8:16/diskseq")
    #expect(node.run("--yes") == 0, "\(node.said)")
    node.folder.write("18\n", to: "sys/dev/block/8:16/diskseq")
    node.folder.run("cp \(node.folder.path)/state/undo-* \(node.folder.path)/undo")
    let row = "ssd-vm--100--disk--0|LVM-\(SmallNode.groupID)\(SmallNode.diskID)|253|9|0|L--w"
    node.hinder("lvchange", where: "*-ay*", by: "echo '\(row)' >>\"$ROOT/info\"; exit 0")
    #expect(node.run("--undo \(node.folder.path)/undo") == 0, "\(node.said)")
    #expect(node.said.contains("restored    ssd-vm--100--disk--0"), "\(node.said)")
  }

  @Test
  func `what LVM calls otherwise by now comes back under that name, and what PVE deletes not`() {
    for (name, volume, isRefused) in [
      ("ssd-vm--101--disk--7", "vm-101-disk-7", false),
      ("ssd-del--vm--100--disk--0", "del-vm-100-disk-0", true),
    ] {
      var small = SmallNode()
      small.texts[.dmsetupInfo]?.replace("|253|0|1|1|", with: "|253|0|0|1|")
      small.texts[.qemuProcesses] = ""
      small.texts[.qmList] = SmallNode.machineList("100 web stopped")
      let node = StubbedNode(small.bundle)
      #expect(node.run("--yes") == 0, "\(node.said)")
      node.folder.run("cp \(node.folder.path)/state/undo-* \(node.folder.path)/undo")
      node.edit("lvs", "s/vm-100-disk-0/\(volume)/")
      let row = "\(name)|LVM-\(SmallNode.groupID)\(SmallNode.diskID)|253|9|0|L--w"
      node.hinder("lvchange", where: "*-ay*", by: "echo '\(row)' >>\"$ROOT/info\"; exit 0")
      #expect(node.run("--undo \(node.folder.path)/undo") == (isRefused ? 1 : 0), "\(node.said)")
      #expect(
        node.said.contains(
          isRefused
            ? "the volume is called del-vm-100-disk-0 now: PVE deletes it"
            : "restored    \(name)\n            it was called ssd-vm--100--disk--0"),
        "\(node.said)")
    }
  }

  @Test(arguments: ["rm diskseq", "mkdir -p sdq1/partition"])
  func `where it cannot be put back that is said before and after`(prepare: String) {
    let node = cleanedOfHandMade(where: prepare)
    #expect(node.said.contains("--undo cannot put it back where 65:16 is"), "\(node.said)")
    #expect(node.run("--undo \(node.folder.path)/undo") == 1, "\(node.said)")
    node.folder.write(
      node.folder.read("info") + Array("\(Self.handMade)||253|7|0|L--w\n".utf8), to: "info")
    let line = "\(Self.handMade): 0 65536 linear 65:16 2048\n"
    node.folder.write(node.folder.read("table") + Array(line.utf8), to: "table")
    #expect(node.run("--interactive --only \(Self.handMade)") == 4, "\(node.said)")
    #expect(node.said.contains("--undo cannot put it back where 65:16 is"), "\(node.said)")
  }

  @Test func `a thin volume comes back where its number is free in its pool`() {
    let node = cleaned(Self.thin)
    node.folder.write(
      "  A|vm-9-disk-0|0|1||\(Self.pool)|8\n  B|vm-8-disk-0|0|1||Pool99-olPo-olPo-olPo-olPo-olPo-olPool|7\n",
      to: "ranges")
    restores(node, "0 65536 thin 253:20 7")
  }

  @Test func `a thin number that an inactive volume has by now is not mapped`() {
    let node = cleaned(Self.thin)
    node.folder.write("  A|vm-9-disk-0|0|1||\(Self.pool)|7\n", to: "ranges")
    refuses(node, saying: "LVM gave its thin volume to vm-9-disk-0")
  }

  @Test func `blocks that LVM gave away are not mapped`() {
    let node = cleaned()
    node.folder.write("  A|vm-9-disk-0|0|1|/dev/sdb:8-8||\n", to: "ranges")
    refuses(node, saying: "LVM gave its blocks to the volume vm-9-disk-0")
  }

  @Test func `a name that a volume of LVM has by now stays that volume's`() {
    let node = cleaned()
    node.edit("vgs", "s/|1|3$/|2|3/")
    let row =
      "  GRPGRP-0123-4567-89GR-PGRP-0123-456789|AAAAAA-bbbb-cccc-dddd-eeee-ffff-gggggg|vm-105-disk-0|3|-wi-------\n"
    node.folder.write(node.folder.read("lvs") + Array(row.utf8), to: "lvs")
    refuses(node, saying: "LVM has a volume of its name now")
  }

  @Test func `a partition of a disk that is in use by now is not mapped`() {
    let node = cleaned(.withPartition)
    let row = "\(Self.ghost)|\(Self.ghostUUID)|253|1|1|L--w\n"
    node.folder.write(node.folder.read("info") + Array(row.utf8), to: "info")
    let table = "\(Self.ghost): 0 65536 linear 8:16 67584\n"
    node.folder.write(node.folder.read("table") + Array(table.utf8), to: "table")
    #expect(node.run("--undo \(node.folder.path)/undo") == 1, "\(node.said)")
    #expect(node.said.contains("there       \(Self.ghost)\n"), "\(node.said)")
    let words = "refused     \(Self.ghost)p1: what it is a partition of is in use"
    #expect(node.said.contains(words), "\(node.said)")
    #expect(node.creations.isEmpty)
  }

  @Test func `a proof that was cut off frees no blocks`() {
    let node = cleaned()
    node.folder.write("  A|vm-9-disk-0|0|1|/dev/sdb:8-8||\n", to: "ranges")
    node.hinder("awk", where: "*'function overlaps'*")
    refuses(node, saying: "the proof was cut off")
  }

  @Test func `an answer of LVM that is not whole frees no blocks`() {
    for file in ["lvs", "vgs", "pvs"] {
      let node = cleaned()
      node.folder.write("", to: file)
      let words = [
        "lvs": "LVM printed 0 of 1 volumes", "vgs": "LVM does not show the volume group",
        "pvs": "LVM printed 0 of 1 disks of the group",
      ]
      refuses(node, saying: words[file] ?? "")
    }
  }

  @Test func `a disk that is another group's by now is not mapped`() {
    let node = cleaned()
    node.edit("pvs", "s/GRPGRP/OTHERG/")
    refuses(node, saying: "LVM printed 0 of 1 disks of the group")
  }

  @Test func `a volume that LVM has again is not mapped by hand`() {
    let node = cleaned()
    node.edit("lvs", "s/|DSKDSK-0123-4567-89DS-KDSK/|GHOGHO-0123-4567-89GH-OGHO/")
    refuses(node, saying: "LVM has the volume again")
  }

  @Test(arguments: [
    (
      "s/\(SmallNode.ghostID)/OTHERO0123456789OTHERO0123456789/",
      "the record does not agree with itself"
    ),
    ("s/linear 8:16/snapshot-merge 8:16/", "its table is of a kind that is not put back"),
    ("s/|ghost-mapping|/|ghost.mapping|/", "the record is damaged"),
    ("s/|remove-by-uuid|/|remove-by-force|/", "the record is damaged"),
    ("s/^undo|2|/undo|3|/", "the record is damaged"),
  ])
  func `a record that was changed is refused`(change: String, words: String) {
    let node = cleaned()
    node.edit("undo", change)
    refuses(node, saying: words)
  }

  @Test func `the name that a record gives has to be of its group`() {
    let node = cleaned()
    node.edit("undo", "s/|\(Self.ghost)|/|pve-root|/")
    #expect(node.run("--undo \(node.folder.path)/undo") == 1)
    #expect(node.said.contains("refused     pve-root: its name is not of its volume group"))
    #expect(node.creations.isEmpty)
  }

  @Test func `only puts back the one that is named`() {
    let node = cleaned()
    #expect(node.run("--undo \(node.folder.path)/undo --only other") == 2)
    #expect(node.creations.isEmpty)
    #expect(node.run("--only \(Self.ghost) --undo \(node.folder.path)/undo") == 0, "\(node.said)")
    #expect(node.creations.count == 1)
  }

  @Test func `a signal ends it between two mappings, and nothing waits for input`() {
    let node = cleaned()
    // One record more, and a signal while the first is put back: input that never ends.
    node.folder.run("cd \(node.folder.path) && tail -n 1 undo >more && cat more >>undo")
    let stub = "#!/bin/dash\ncase $1 in create) kill -TERM \"$(cat \"$ROOT/pid\")\" ;; esac\n"
    let rest = String(decoding: node.folder.read("bin/dmsetup"), as: UTF8.self)
    node.folder.write(stub + rest, to: "bin/dmsetup", executable: true)
    node.folder.run("sed -i '1a echo $$ >\"$ROOT/pid\"' \(node.folder.path)/run.sh")
    node.folder.run("mkfifo \(node.folder.path)/silent")
    let status = node.folder.run(
      "cd \(node.folder.path) && PATH=$PWD/bin:$PATH ROOT=$PWD timeout -k 1 20 dash run.sh --state-dir state "
        + "--log log --undo undo <>silent >said 2>&1")
    #expect(status == 4, "\(node.said)")
    #expect(node.said.contains("Stopped by a signal"), "\(node.said)")
  }
}

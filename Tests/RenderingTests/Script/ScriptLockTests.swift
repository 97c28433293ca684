import BundleFormat
import SmallNode
import TestSupport
import Testing

@testable import Rendering

/// What happens between the proof of a step and the lock of its guest: a stub for `flock` makes it happen.
struct ScriptLockTests {
  private static let ghost = "ssd-vm--105--disk--0"

  /// A node with one leftover, where a shell command runs right before each lock is taken.
  private func node(_ meddling: String) -> StubbedNode {
    let node = StubbedNode(SmallNode.withGhost.bundle)
    node.folder.write(
      "#!/bin/dash\n\(meddling)\nexec /usr/bin/flock \"$@\"\n", to: "bin/flock", executable: true)
    return node
  }

  private func refuses(_ node: StubbedNode, saying words: String) {
    #expect(node.run("--yes --only \(Self.ghost)") == 1, "\(node.said)")
    #expect(node.said.contains(words), "\(node.said)")
    #expect(node.removals.isEmpty)
    #expect(!node.said.contains("put them back"), "nothing was removed, so nothing can be put back")
  }

  @Test func `what nothing touches is removed under both locks of a guest that is no more`() {
    let node = node("echo lock \"$@\" >>\"$ROOT/locked\"")
    #expect(node.run("--yes --only \(Self.ghost)") == 0, "\(node.said)")
    #expect(node.removals.count == 1)
    // two for the run, two for the guest
    #expect(node.folder.read("locked").count(where: { $0 == UInt8(ascii: "\n") }) == 4)
  }

  /// A node with one leftover, where the tools that change something look at the guest's locks first:
  /// whether anyone could have them now, and whether they were given any file of the script.
  private func nodeWithWatchfulTools() -> StubbedNode {
    let node = StubbedNode(SmallNode.withGhost.bundle)
    let stub = String(decoding: node.folder.read("bin/dmsetup"), as: UTF8.self)
    let look = #"""
      #!/bin/dash
      case $1 in remove | create)
        for file in "$ROOT"/run/lock/*/*; do
          flock -n "$file" true && state=free || state=held
          echo "$1 $state" >>"$ROOT/locked"
        done
        for number in 3 4 5 6 7 8 9; do
          [ ! -e /proc/$$/fd/$number ] || echo "$1 was given $number" >>"$ROOT/locked"
        done ;;
      esac

      """#
    node.folder.write(look + stub, to: "bin/dmsetup", executable: true)
    return node
  }

  /// dash takes a lock's file for closed when it closed that number for a command before.
  @Test func `the locks are held until the removal has ended, and the tool does not have them`() {
    for shell in ["dash", "bash", Shells.busybox].compactMap(\.self) {
      let node = nodeWithWatchfulTools()
      #expect(node.run("--yes --only \(Self.ghost)", by: shell) == 0, "\(node.said)")
      #expect(node.locked == "remove held\nremove held\n", "by \(shell)")
    }
  }

  @Test(arguments: ["target", "locks", "records", "result", "tail"])
  func `without the list of a step's locks it is not removed`(lost: String) {
    for shell in ["dash", "bash", Shells.busybox].compactMap(\.self) {
      let node = nodeWithWatchfulTools()
      if lost == "tail" {
        node.hinder("tail", where: "'-n 1 '*/records")
      } else {
        // No file can be written where a folder is.
        node.hinder(
          "mktemp", where: "-d",
          by: "made=$(PATH=${PATH#*:} mktemp -d); mkdir \"$made/\(lost)\"; echo \"$made\"; exit")
      }
      let status = node.run("--yes --only \(Self.ghost)", by: shell)
      let isHeld = node.locked == "remove held\nremove held\n"
      #expect(status == 0 ? isHeld : node.removals.isEmpty, "by \(shell): \(node.said)")
    }
  }

  @Test(arguments: ["dash", "bash", Shells.busybox].compactMap(\.self))
  func `a removal that hangs keeps the lock for five seconds, and says what it may have left`(
    shell: String
  ) {
    let node = StubbedNode(SmallNode.withGhost.bundle)
    // It is gone, and udev does not say so.
    node.hinder(
      "dmsetup", where: "remove*", by: "\"$ROOT/bin/own-dmsetup\" \"$@\"; exec sleep 30")
    let start = ContinuousClock.now
    #expect(node.run("--yes --only \(Self.ghost)", by: shell) == 0, "\(node.said)")
    #expect(ContinuousClock.now - start < .seconds(25), "it was waited for to its end")
    #expect(node.said.contains("removed     \(Self.ghost)\n"), "\(node.said)")
    #expect(node.said.contains("it was stopped after five seconds"), "\(node.said)")
    #expect(node.said.contains("dmsetup udevcookies"), "\(node.said)")
  }

  @Test func `where udev is stuck no lock is taken`() {
    let cookies = "echo 'Cookie Semid Value'; echo '0xd4d01a2 5 1 now'; exit"
    for shell in ["dash", "bash", Shells.busybox].compactMap(\.self) {
      let stuck = StubbedNode(SmallNode.withGhost.bundle)
      stuck.hinder("dmsetup", where: "udevcookies", by: cookies)
      stuck.hinder("udevadm", where: "settle*", by: "exit 1")
      #expect(stuck.run("--yes --only \(Self.ghost)", by: shell) == 1, "\(stuck.said)")
      #expect(stuck.said.contains("udev does not end what other"), "\(stuck.said)")
      #expect(stuck.removals.isEmpty)
      let idle = StubbedNode(SmallNode.withGhost.bundle)
      idle.hinder("dmsetup", where: "udevcookies", by: cookies)
      #expect(idle.run("--yes --only \(Self.ghost)", by: shell) == 0, "\(idle.said)")
    }
  }

  @Test func `the locks are held while a mapping is put back`() {
    for shell in ["dash", "bash", Shells.busybox].compactMap(\.self) {
      let node = nodeWithWatchfulTools()
      #expect(node.run("--yes --only \(Self.ghost)", by: shell) == 0, "\(node.said)")
      node.folder.write("", to: "locked")
      node.folder.run("cp \(node.folder.path)/state/undo-* \(node.folder.path)/undo")
      _ = node.run("--undo \(node.folder.path)/undo", by: shell)
      #expect(node.locked == "create held\ncreate held\n", "by \(shell): \(node.said)")
    }
  }

  @Test func `a mapping that is opened meanwhile stays`() {
    let change =
      "sed 's/|0|L--w$/|1|L--w/' \"$ROOT/info\" >\"$ROOT/new\"; mv \"$ROOT/new\" \"$ROOT/info\""
    refuses(node(change), saying: "in use: open 1 times")
  }

  @Test func `a mapping whose table changes meanwhile stays`() {
    let change =
      "sed '/105/s/67584/99999/' \"$ROOT/table\" >\"$ROOT/new\"; mv \"$ROOT/new\" \"$ROOT/table\""
    refuses(node(change), saying: "changed: its table is")
  }

  @Test func `a guest that starts meanwhile is seen by its process`() {
    let start =
      "mkdir -p \"$ROOT/proc/77\"; printf 'kvm\\0-id\\000105\\0' >\"$ROOT/proc/77/cmdline\""
    refuses(node(start), saying: "guest 105 has a process")
  }

  @Test func `a guest that is made meanwhile is seen in pmxcfs`() {
    let make =
      "printf '{\"ids\": {\\n\"105\": { \"node\": \"pve1\", \"type\": \"qemu\"}}}\\n' >\"$ROOT/etc/pve/.vmlist\""
    refuses(node(make), saying: "guest 105 is on pve1 now")
  }

  @Test func `a task that begins meanwhile is seen`() {
    let begin = """
      mkdir -p "$ROOT/proc/77" "$ROOT/var/log/pve/tasks"
      echo '77 (x) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 16 0' >"$ROOT/proc/77/stat"
      echo 'UPID:pve1:0000004D:00000010:00000000:qmcreate:105:root@pam:' >"$ROOT/var/log/pve/tasks/active"
      """
    refuses(node(begin), saying: "a task runs: qmcreate 105")
  }

  @Test func `a held lock is not waited for`() {
    refuses(node("[ $# != 2 ] || [ \"$2\" != 9 ] || exit 1"), saying: "busy: PVE holds")
  }

  @Test func `a line of fstab and a disk of LVM that come meanwhile are seen`() {
    refuses(
      node("echo '/dev/mapper/\(Self.ghost) /mnt ext4' >\"$ROOT/etc/fstab\""),
      saying: "fstab names it")
    refuses(
      node(
        "grep -q PVPV \"$ROOT/pvs\" || echo '  /dev/x|2048|253|1|8192||PVPVPV|' >>\"$ROOT/pvs\""),
      saying: "it is a physical volume")
  }

  @Test func `a pipe in a lock's place is none, and is not waited for`() {
    let node = node("")
    node.folder.run(
      "cd \(node.folder.path) && mkdir -p run/lock/lxc && mkfifo run/lock/lxc/pve-config-105.lock")
    refuses(node, saying: "pve-config-105.lock is no lock file")
  }

  @Test func `when pmxcfs changes once the step is proved anew and done`() {
    let node = node(
      "[ -e \"$ROOT/once\" ] || { echo >>\"$ROOT/etc/pve/.vmlist\"; : >\"$ROOT/once\"; }")
    #expect(node.run("--yes --only \(Self.ghost)") == 0, "\(node.said)")
    #expect(node.removals.count == 1)
  }

  @Test func `when pmxcfs changes again and again the step is refused`() {
    refuses(
      node("echo >>\"$ROOT/etc/pve/.vmlist\""), saying: "guests' configurations changed meanwhile")
  }

  @Test func `when LVM's metadata change again and again the step is refused`() {
    let node = node("")
    node.folder.write(
      """
      #!/bin/dash
      case "$*" in *vg_uuid=*) sed 's/3$/4/' "$ROOT/vgs" ;; *) cat "$ROOT/vgs" ;; esac

      """, to: "bin/vgs", executable: true)
    refuses(node, saying: "LVM's metadata changed meanwhile")
  }

  @Test func `metadata that changed while they were read prove nothing`() {
    let node = node("")
    node.folder.write(
      "#!/bin/dash\nsed 's/|3|/|4|/' \"$ROOT/lvs\"\n", to: "bin/lvs", executable: true)
    #expect(node.run("") == 1)
    #expect(node.said.contains("its metadata changed while it was read"), "\(node.said)")
  }

  @Test func `a reboot while the lock is taken ends the step`() {
    refuses(
      node("[ \"$2\" != 9 ] || echo other >\"$ROOT/proc/sys/kernel/random/boot_id\""),
      saying: "the node was rebooted")
  }
}

extension StubbedNode {
  /// What the tools saw of the locks.
  fileprivate var locked: String { String(decoding: folder.read("locked"), as: UTF8.self) }
}

import Analysis
import NodeState
import Testing

/// Whoever names a leftover, in whatever words, keeps it: a name that is overlooked costs somebody's data.
@Suite struct NamedLeftoverTests {
  private static let ghost = "san-vm--122--disk--0"

  /// What is said of the leftover where a configuration has these lines.
  private func rule(
    _ lines: String, in file: String, with files: [String: String] = [:]
  ) -> String? {
    let texts = files.merging(["guests/\(file)": lines]) { _, new in new }
    let judged = assessment(of: "case-01-clone-fails", with: texts)
    let isOffered = !judged.steps.isEmpty
    let rule = judged.rule(of: Self.ghost)
    #expect(isOffered == (rule == "ghost-mapping"), "\(lines)")
    return rule
  }

  /// Lines of a virtual machine.
  private static let machineLines = [
    // PVE takes what follows for a part of the name.
    "scsi1: fast:vm-122-disk-0 # keep,size=8G", "unused0: fast:vm-122-disk-0 # keep",
    "vmstate: fast:vm-122-disk-0 # keep", "scsi1: /dev/san/vm-122-disk-0 # keep",
    "scsi1: fast:vm-122-disk-0/", "scsi1: fast:vm-122-disk-0;size=8G",
    "scsi1: fast:base-9-disk-0/vm-122-disk-0", "scsi1: fast:122/vm-122-disk-0.raw",
    "#note /dev/san/vm-122-disk-0p1", "args: x=fast:vm-122-disk-0.raw",
    "[special:fleecing]\nfleecing-images: fast:vm-122-disk-0#,fast:vm-9-disk-0",
    // Several names in one word.
    "args: <redacted> /dev/san/vm-1-disk-0:/dev/san/vm-122-disk-0",
    "args: <redacted> /dev/san/vm-122-disk-0:/dev/san/vm-1-disk-0",
    "args: <redacted> /dev/mapper/san-vm--122--disk--0:ro",
    "args: <redacted> /dev/san/vm-122-disk-0:/mnt", "args: x=/dev/san/vm-122-disk-0+/dev/sdq",
    "args: x=fast:vm-122-disk-0:ro", "args: x=fast:vm-122-disk-0@pve1",
    "args: x=fast:vm-1-disk-0/fast:vm-122-disk-0", "args: x=fast:vm-122-disk-0/fast:vm-1-disk-0",
    "args: x=fast:vm-1-disk-0:fast:vm-122-disk-0", "args: x=fast:vm-122-disk-0:fast:vm-1-disk-0",
    "args: x=storage:fast:vm-122-disk-0", "#moved from fast:vm-122-disk-0@pve2, keep",
    // One of its partitions, which need not be mapped.
    "scsi1: /dev/mapper/san-vm--122--disk--0p1", "args: x=/dev/mapper/san-vm--122--disk--0-part2",
    "scsi1: /dev/disk/by-id/dm-name-san-vm--122--disk--0p12",
    "scsi1: /dev/disk/by-id/dm-uuid-part1-LVM-GroupSan000000000000000000000000"
      + "Vm122Disk00000000000000000000000",
  ]

  @Test(arguments: machineLines, ["pve1/qemu-server/122.conf", "pve2/qemu-server/200.conf"])
  func `a virtual machine's line that names it keeps it`(line: String, file: String) {
    #expect(rule("cores: 2\n\(line)\n", in: file) == "lost-volume")
  }

  @Test(arguments: [
    "mp0: fast:vm-122-disk-0 # old,mp=/x", "mp0: fast:vm-122-disk-0;size=8G,mp=/x",
    "rootfs: /dev/san/vm-122-disk-0 old", "lxc.mount.entry: /dev/san/vm-122-disk-0:/x x none bind",
    "unused0: fast:vm-122-disk-0 # keep",
  ])
  func `a container's line that names it keeps it`(line: String) {
    #expect(rule("cores: 2\n\(line)\n", in: "pve1/lxc/200.conf") == "lost-volume")
  }

  @Test func `a guest that runs here with such a line has no step`() {
    let process = """
      {"pid":800,"start":345,"id":"200","arg0":"/usr/bin/kvm","pidFile":"/run/qemu-server/200.pid",\
      "pidFileAgrees":true,"incoming":false,"paths":[]}

      """
    let found = rule(
      "cores: 2\nscsi1: fast:vm-122-disk-0 # keep\n", in: "pve1/qemu-server/200.conf",
      with: ["qemu-processes.jsonl": process])
    #expect(found == "lost-volume")
  }

  @Test(arguments: [
    "scsi1: fast:vm-12-disk-0,size=8G", "args: x=fast:vm-122-disk-00",
    "args: x=/dev/sanx/vm-122-disk-0",
    "scsi1: /dev/mapper/san-vm--122--disk--1p1", "scsi1: /dev/mapper/san-vm--122--disk--01",
    "scsi1: /dev/disk/by-id/dm-uuid-part1-LVM-x", "args: -m 122",
  ])
  func `a line that names another does not`(line: String) {
    #expect(rule("cores: 2\n\(line)\n", in: "pve1/qemu-server/200.conf") == "ghost-mapping")
  }

  @Test func `another node's link to its file system names it`() {
    let links = #"{"path":"/dev/disk/by-uuid/1234-ABCD","device":"253:0"}"# + "\n"
    func rule(_ path: String, _ links: [String: String], without taken: [String] = []) -> String? {
      let files = ["guests/pve2/qemu-server/200.conf": "scsi1: \(path)\n"]
      let judged = assessment(
        of: "case-01-clone-fails", with: files.merging(links) { _, new in new }, without: taken)
      #expect(judged.steps.isEmpty == (judged.rule(of: Self.ghost) != "ghost-mapping"))
      return judged.rule(of: Self.ghost)
    }
    let known = ["dev-links.jsonl": links]
    #expect(rule("/dev/disk/by-uuid/1234-ABCD", known) == "lost-volume")
    // Another node's numbers and buses are its own.
    #expect(rule("/dev/block/253:0", known) == "ghost-mapping")
    #expect(rule("/dev/dm-0", known) == "ghost-mapping")
    #expect(rule("/dev/disk/by-uuid/9999-0000", known) == "ghost-mapping")
    // Without the links there must not be a step more.
    #expect(rule("/dev/disk/by-uuid/1234-ABCD", [:], without: ["dev-links"]) == "guests-unknown")
  }

  @Test(arguments: ["no configuration at all\n", ""])
  func `a configuration that cannot be read again leaves it unknown`(text: String) {
    let first = ["guests/pve1/qemu-server/200.conf": "cores: 2\n"]
    func judged(_ second: [String: String]) -> Assessment {
      assessment(of: "case-01-clone-fails", with: first.merging(second) { _, new in new })
    }
    let unread = judged([
      "second/guests/pve1/qemu-server/200.conf": "cores: 2\n",
      "second/guests/pve1/qemu-server/201.conf": text,
    ])
    #expect(unread.rule(of: Self.ghost) == "guests-unknown" && unread.steps.isEmpty)
    let read = judged([
      "second/guests/pve1/qemu-server/200.conf": "cores: 2\n",
      "second/guests/pve1/qemu-server/201.conf": "cores: 1\n",
    ])
    #expect(read.rule(of: Self.ghost) == "ghost-mapping" && read.steps.count == 1)
  }

  @Test func `a second list of tasks that was meant to be read and is missing leaves it unknown`() {
    let judged = assessment(of: "case-01-clone-fails", without: ["tasks-active 2"])
    #expect(judged.rule(of: Self.ghost) == "guests-unknown" && judged.steps.isEmpty)
  }
}

import BundleFormat
import Glibc
import Testing

/// Runs in which the node answers everything.
struct CompleteRunTests {
  @Test func `a node that answers gives a complete bundle`() throws {
    let node = try FakeNode()
    let run = try node.collect()
    #expect(run.exitCode == 0, "\(run.said)")
    let bundle = try node.read()
    for source in SourceID.required { #expect(bundle.status(of: source) == .collected) }
    #expect(bundle.manifest.node.name == "pve1")
    #expect(bundle.manifest.node.hostname == "pve1.example.org")
    #expect(bundle.manifest.node.machineID == "0123456789abcdef0123456789abcdef")
    #expect(bundle.manifest.node.bootID == "6f1f1c9e-0000-4000-8000-000000000001")
    #expect(bundle.manifest.node.cluster == "house")
    #expect(bundle.entries.allSatisfy { $0.isIntact })
    #expect(bundle.text(of: .dmsetupInfo)?.hasPrefix("vg_san-vm--100--disk--0|LVM-x|") == true)
  }

  @Test func `the plan names every question, and the results every question of the plan`() throws {
    let node = try FakeNode()
    _ = try node.collect()
    let bundle = try node.read()
    let planned = Set(bundle.manifest.entries.map(\.id))
    #expect(planned == Set(SourceID.allCases.map(\.rawValue)))
    #expect(Set(bundle.entries.map(\.result.planned.id)) == planned)
  }

  @Test func `the manifest is the first entry, and the results are the last`() throws {
    let node = try FakeNode()
    _ = try node.collect()
    let names = try FakeNode.shell("bsdtar tf '\(node.bundle)'").split(separator: "\n")
    #expect(names.first == "node/manifest.json")
    #expect(names.last == "node/manifest-end.json")
    #expect(names.contains("node/second/files/etc/pve/nodes/pve1/qemu-server/100.conf"))
    #expect(names.contains("node/commands/lvs.out"))
  }

  @Test func `what can move is read twice`() throws {
    let node = try FakeNode()
    _ = try node.collect()
    let bundle = try node.read()
    let twice: [SourceID] = [
      .dmsetupInfo, .dmsetupTable, .guestConfigs, .qemuProcesses, .containerSockets, .cpuStat,
      .uptime, .networkTraffic, .tasksActive,
    ]
    for source in SourceID.allCases {
      #expect(!bundle.positions(of: source, reading: 2).isEmpty == twice.contains(source))
    }
    #expect(try node.calls().count { $0.hasPrefix("dmsetup info") } == 2)
  }

  @Test func `a change between the readings shows`() throws {
    let node = try FakeNode()
    let conf = "\(node.folder)/root\(FakeNode.configuration)"
    node.stub("lvs", "echo 'lock: migrate' >>'\(conf)'; echo '{\"report\":[{\"lv\":[]}]}'")
    #expect(try node.collect().exitCode == 0)
    let bundle = try node.read()
    #expect(bundle.text(of: .guestConfigs)?.contains("lock") == false)
    #expect(bundle.text(of: .guestConfigs, reading: 2)?.contains("lock: migrate\n") == true)
    let digests = [1, 2].map { bundle.entry(of: .guestConfigs, reading: $0)?.result.liveDigest }
    #expect(digests[0] != nil && digests[0] != digests[1])
  }

  @Test func `probes read processes, sockets, mappings, users and links below the root`() throws {
    let node = try FakeNode()
    node.write("/sys/block/dm-0/dev", "253:0\n")
    node.write("/sys/block/dm-0/dm/name", "vg_san-vm--100--disk--0\n")
    node.write("/sys/block/dm-0/dm/uuid", "LVM-x\n")
    node.write("/sys/block/dm-0/dm/suspended", "1\n")
    node.write("/sys/block/dm-0/size", "2097152\n")
    node.write("/sys/block/dm-0/ro", "0\n")
    node.write("/sys/block/dm-0/slaves/sdb/dev", "8:16\n")
    node.write("/sys/class/block/dm-0/dev", "253:0\n")
    node.link("/dev/vg_san/vm-100-disk-0", to: "../dm-0")
    node.link("/dev/disk/by-uuid/12-34", to: "../../dm-0")
    node.link("/dev/backup", to: "dm-0")
    node.link("/dev/core", to: "/proc/kcore")
    node.link("/dev/disk/by-label/DATA", to: "../../dm-0")
    node.write("/proc/swaps", "Filename Type Size\n/dev/dm-0 partition 1 0 -2\n")
    node.write("/proc/self/mountinfo", "30 1 253:0 / /mnt/x rw - ext4 /dev/dm-0 rw\n")
    node.write(
      "/proc/4242/cmdline",
      "/usr/bin/kvm\0-id\0100\0-pidfile\0/var/run/qemu-server/100.pid\0-drive\0"
        + "file=/dev/vg_san/vm-100-disk-0,if=none\0-object\0secret,id=s,data=s3cr3tvalue\0")
    node.write("/proc/4242/stat", "4242 (k v) m) S 1" + String(repeating: " 7", count: 40))
    node.link("/proc/4242/fd/9", to: "/dev/dm-0")
    node.link("/proc/4242/fd/10", to: "/dev/kvm")
    node.write("/run/qemu-server/100.pid", "4242\n")
    node.write("/run/qemu-server/101.pid", "4343\n")
    #expect(try node.collect().exitCode == 0)
    let bundle = try node.read()
    #expect(
      bundle.text(of: .qemuProcesses)
        == #"{"pid":4242,"start":7,"id":"100","arg0":"/usr/bin/kvm","#
        + #""pidFile":"/var/run/qemu-server/100.pid","pidFileAgrees":true,"incoming":false,"#
        + #""paths":["/dev/vg_san/vm-100-disk-0","/dev/dm-0"]}"# + "\n"
        + #"{"pid":4343,"id":"101","pidFile":"/run/qemu-server/101.pid","alive":false}"# + "\n")
    #expect(
      bundle.text(of: .containerSockets)
        == "00: 00000002 0 0 1 1 9 @/var/lib/lxc/110/command\n")
    #expect(
      bundle.text(of: .sysfsDM)
        == #"{"kernelName":"dm-0","device":"253:0","name":"vg_san-vm--100--disk--0","#
        + #""uuid":"LVM-x","suspended":1,"sizeSectors":2097152,"readOnly":0,"slaves":["8:16"],"#
        + #""holders":[]}"# + "\n")
    #expect(
      bundle.text(of: .deviceUsers)
        == #"{"device":"253:0","kind":"mount","pid":0,"detail":"/mnt/x"}"# + "\n"
        + #"{"device":"253:0","kind":"fd","pid":4242,"detail":"k v) m"}"# + "\n"
        + #"{"device":"253:0","kind":"swap","pid":0,"detail":"/dev/dm-0"}"# + "\n")
    #expect(
      bundle.text(of: .devLinks)
        == #"{"path":"/dev/disk/by-label/DATA","device":"253:0"}"# + "\n"
        + #"{"path":"/dev/disk/by-uuid/12-34","device":"253:0"}"# + "\n"
        + #"{"path":"/dev/vg_san/vm-100-disk-0","device":"253:0"}"# + "\n"
        + #"{"path":"/dev/backup","device":"253:0"}"# + "\n")
  }

  @Test func `a link that leads to a link is followed to its device, and none out of dev`() throws {
    let node = try FakeNode()
    node.write("/sys/class/block/dm-3/dev", "253:3\n")
    node.link("/dev/mapper/san-x", to: "../dm-3")
    node.link("/dev/vdata", to: "mapper/san-x")
    node.link("/dev/my/data", to: "/dev/vdata")
    node.write("/sys/class/block/sda/dev", "8:0\n")
    node.link("/dev/folder/sda", to: "../mapper/san-x")
    node.link("/dev/other", to: "folder/sda")
    node.link("/dev/out", to: "../srv/dm-3")
    node.link("/dev/ring", to: "ring")
    _ = try node.collect(["--only", "dev-links"])
    let links = try #require(try node.read().text(of: .devLinks))
    for path in ["/dev/mapper/san-x", "/dev/vdata", "/dev/my/data", "/dev/other"] {
      #expect(links.contains(#"{"path":"\#(path)","device":"253:3"}"#))
    }
    #expect(!links.contains("/dev/out") && !links.contains("/dev/ring"))
  }

  @Test func `a lock file counts as held by whom the kernel names`() throws {
    let node = try FakeNode()
    let path = "/run/lock/qemu-server/lock-100.conf"
    node.write(path, "")
    node.write("/run/lock/lxc/pve-config-110.lock", "")
    let file = open("\(node.folder)/root\(path)", O_RDWR)
    defer { close(file) }
    #expect(flock(file, LOCK_EX) == 0)
    let locks = String(decoding: try FakeNode.bytes(of: "/proc/locks"), as: UTF8.self)
    node.write("/proc/locks", locks)
    _ = try node.collect()
    #expect(
      try node.read().text(of: .guestLocks)
        == #"{"id":"100","path":"/var/lock/qemu-server/lock-100.conf","pid":\#(getpid())}"# + "\n")
  }

  @Test func `the kernel's log is cut down to mappings`() throws {
    let node = try FakeNode()
    node.stub(
      "dmesg", "echo '[1] usb 1-1: new'; for i in $(seq 300); do echo \"[2] dm-$i: x\"; done")
    _ = try node.collect()
    let lines = try node.read().text(of: .kernelLog)?.split(separator: "\n") ?? []
    #expect(lines.count == 200)
    #expect(lines.first == "[2] dm-101: x")
  }
}

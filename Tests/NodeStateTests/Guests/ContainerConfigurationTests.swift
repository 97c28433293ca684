import Testing

@testable import NodeState

@Suite struct ContainerConfigurationTests {
  private func read(_ capture: Capture) throws(ParseError) -> ConfigurationDraft {
    var known = KnownLines()
    return try ContainerConfiguration.parse(
      capture.bytes.span, from: capture.origin, knowing: &known)
  }

  private func read(_ text: String) throws(ParseError) -> ConfigurationDraft {
    try read(Capture(text: text))
  }

  @Test func `a container's root and mount points are read`() throws {
    let draft = try read(Capture("guest-configs/ct-110"))
    #expect(draft.name == "ct-up")
    #expect(
      draft.references.map { "\($0.slot) \($0.target.text)" } == [
        "rootfs local-lvm:vm-110-disk-0"
      ])
    let more = try read(
      """
      rootfs: volume=a1:vm-1-disk-0,size=8G
      mp0: a1:vm-1-disk-1,mp=/data,mountoptions=noatime;discard,backup=1
      mp1: /dev/pve/vm-1-disk-2,mp=/raw
      mp255: /srv/share,mp=/share,ro=1
      unused3: a1:vm-1-disk-4
      """)
    #expect(
      more.references.map { "\($0.slot) \($0.target.text)" } == [
        "rootfs a1:vm-1-disk-0", "mp0 a1:vm-1-disk-1", "mp1 /dev/pve/vm-1-disk-2",
        "mp255 /srv/share", "unused3 a1:vm-1-disk-4",
      ])
    #expect(more.mentions.isEmpty)
  }

  @Test func `an unknown heading ends no section`() throws {
    let draft = try read("rootfs: a1:vm-1-disk-0\n[no name]\nmp0: a1:vm-1-disk-1,mp=/x\n")
    #expect(draft.references.map(\.section) == [.main, .main])
  }

  @Test func `pending and snapshot sections are told`() throws {
    let draft = try read(
      """
      rootfs: a1:vm-1-disk-0
      [pve:PENDING]
      mp0: a1:vm-1-disk-1,mp=/x
      [before]
      rootfs: a1:vm-1-disk-0
      """)
    #expect(draft.references.map(\.section) == [.main, .pending, .snapshot("before")])
    #expect(draft.snapshots == ["before"])
  }

  @Test(arguments: [
    "lxc.mount.entry: /dev/pve/vm-1-disk-0 mnt none bind 0 0",
    "lxc.mount.entry = /dev/pve/vm-1-disk-0 mnt none bind 0 0",
    "dev0: /dev/pve/vm-1-disk-0,mode=0660", "mp256: /dev/pve/vm-1-disk-0,mp=/x",
    "mp0: /dev/pve/vm-1-disk-0,what=1", "scsi0: /dev/pve/vm-1-disk-0",
    "#/dev/pve/vm-1-disk-0", "mount-me: /dev/pve/vm-1-disk-0",
  ])
  func `what PVE doesn't mount is a mention`(line: String) throws {
    let draft = try read("hostname: x\n\(line)\n")
    #expect(draft.references.isEmpty)
    #expect(draft.mentions.map(\.text) == ["/dev/pve/vm-1-disk-0"])
  }

  @Test(arguments: [
    "lxc.cgroup2.devices.allow: b 253:7 rwm", "lxc.cgroup.devices.allow = b 253:7 r",
  ])
  func `a device that a container may use by its number is a mention`(line: String) throws {
    let draft = try read("hostname: x\n\(line)\n")
    #expect(draft.mentions.map(\.text) == ["/dev/block/253:7"])
  }

  @Test(arguments: ["c 253:7 rwm", "b 253:* rwm", "a", "b *:* m", ""])
  func `other rules for devices name none`(value: String) throws {
    #expect(try read("hostname: x\nlxc.cgroup2.devices.allow: \(value)\n").mentions.isEmpty)
  }

  @Test func `a bad value replaces a good one all the same`() throws {
    let draft = try read("mp0: a1:vm-1-disk-0,mp=/x\nmp0: a1:vm-1-disk-1,mp=/x,bad=1\n")
    #expect(draft.references.isEmpty)
    #expect(draft.mentions.map(\.text) == ["a1:vm-1-disk-0", "a1:vm-1-disk-1"])
  }

  @Test func `an empty file and another one are no configuration`() {
    for capture in [Capture(text: ""), Capture("vgs/thin-local")] {
      #expect(refusal { () throws(ParseError) in _ = try read(capture) } != nil)
    }
  }

  @Test func `the folder decides whose configuration a file is`() {
    let file = ConfigurationFile(entryPath: "second/files/etc/pve/nodes/n-2/lxc/110.conf")
    #expect(file?.node == "n-2" && file?.kind == .container && file?.id == GuestID(110))
    #expect(file?.path == "nodes/n-2/lxc/110.conf")
    for path in [
      "files/etc/pve/nodes", "files/etc/pve/nodes/n1/lxc/099.conf", "etc/pve/nodes//lxc/110.conf",
      "files/etc/pve/nodes/n1/lxc/110.conf.tmp", "files/etc/pve/nodes/n1/openvz/110.conf",
      "files/etc/pve/nodes/n1/lxc/x/110.conf", "", "etc/pve/nodes/", "etc/pve/nodes/a/b/.conf",
    ] {
      #expect(ConfigurationFile(entryPath: path) == nil, "\(path)")
    }
  }
}

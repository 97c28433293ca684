import Testing

@testable import NodeState

@Suite struct MachineConfigurationTests {
  private func read(_ capture: Capture) throws(ParseError) -> ConfigurationDraft {
    var known = KnownLines()
    return try MachineConfiguration.parse(
      capture.bytes.span, from: capture.origin, knowing: &known)
  }

  private func read(_ text: String) throws(ParseError) -> ConfigurationDraft {
    try read(Capture(text: text))
  }

  /// The references of one line, `SLOT VOLUME`.
  private func slots(_ text: String) throws(ParseError) -> [String] {
    try read(text).references.map { "\($0.slot) \($0.target.text)" }
  }

  @Test func `a machine's disks, snapshots and states are read`() throws {
    let capture = Capture("guest-configs/vm-100")
    let draft = try read(capture)
    #expect(draft.name == "web" && draft.lock == nil && !draft.isTemplate)
    #expect(draft.snapshots == ["before"])
    #expect(
      draft.references.map { "\($0.section) \($0.slot) \($0.target.text)" } == [
        "main ide2 local-lvm:vm-100-cloudinit", "main scsi0 local-lvm:vm-100-disk-0",
        #"snapshot("before") scsi0 local-lvm:vm-100-disk-0"#,
        #"snapshot("before") vmstate local-lvm:vm-100-state-before"#,
      ])
    #expect(draft.references[0].isCDROM && !draft.references[1].isCDROM)
    #expect(draft.references.map(\.isAttached) == [true, true, false, false])
    #expect(
      capture.text(at: draft.references[1].location)
        == "scsi0: local-lvm:vm-100-disk-0,iothread=1,size=64M")
    #expect(draft.mentions.isEmpty)
  }

  /// All that a draft says.
  private func words(_ draft: ConfigurationDraft) -> String {
    "\(draft.references) \(draft.mentions) \(draft.name ?? "-") \(draft.lock ?? "-") "
      + "\(draft.isTemplate) \(draft.snapshots) \(draft.hasKnownLine)"
  }

  @Test func `lines known from other guests are read as if they were met first`() throws {
    let texts = [
      "cores: 2\nmemory: 2048\nname: web-server\nscsi0: a1:vm-1-disk-0,iothread=1,size=4G\n",
      "memory: 2048\nname: web-server\nvirtio0: a1:vm-2-disk-0,iothread=1,size=4G\n",
      "sata0: a1:vm-3-disk-0,iothread=1,size=4G\nide0: file=a1:x,media=cdrom\nmemory: 2048\n",
      "ide1: a1:vm-4-disk-0,media=cdrom\n[special:cloudinit]\nmemory: 2048\n[s1]\nmemory: 2048\n",
      "memory: 2048\n[odd heading]\nmemory: 2048\ntemplate: 1\nlock: snapshot-delete\n",
      "[special:fleecing]\nmemory: 2048\n[PENDING]\nname: web-server\nlock: backup-of-it\n",
      "template: 1  \nlock: snapshot-delete\nide0: file=a1:x,media=cdrom,size=4G\n",
      "memory: 2048\n",
    ]
    var known = KnownLines()
    for text in texts + texts {
      let capture = Capture(text: text)
      let draft = try MachineConfiguration.parse(
        capture.bytes.span, from: capture.origin, knowing: &known)
      #expect(words(draft) == words(try read(capture)), "\(text)")
    }
  }

  @Test func `templates and unused disks are told`() throws {
    #expect(try read(Capture("guest-configs/vm-9000")).isTemplate)
    let draft = try read(Capture("guest-configs/vm-101"))
    #expect(draft.references.map(\.isAttached) == [true, false])
  }

  @Test(arguments: [
    "scsi0: a1:vm-1-disk-0", "scsi0:a1:vm-1-disk-0", "scsi0: volume=a1:vm-1-disk-0,size=1G",
    "scsi0: discard=on,,file=a1:vm-1-disk-0", "scsi30: a1:vm-1-disk-0",
    "scsi0: a1:vm-1-disk-0,size=32GiB,cache=none,aio=io_uring,ssd=1,mbps_rd=1.5\r",
    "efidisk0: a1:vm-1-disk-0,efitype=4m,pre-enrolled-keys=1,size=4M",
    "tpmstate0: a1:vm-1-disk-0,version=v2.0", "unused255: a1:vm-1-disk-0",
    "virtio15: a1:vm-1-disk-0,iothread=1", "sata5: a1:vm-1-disk-0,ssd=on",
    "vmstate: a1:vm-1-disk-0", "cdrom: a1:vm-1-disk-0,media=cdrom",
    "scsi0: a1:vm-1-disk-0,queues=2,wwn=0x5000abcdEF012345,bps_rd_max_length=1,serial=ab%20c",
    "ide0: a1:vm-1-disk-0,model=QEMU,bps=0",
  ])
  func `a good line is a reference`(line: String) throws {
    let draft = try read(line + "\n")
    #expect(draft.references.map(\.target.text) == ["a1:vm-1-disk-0"])
    #expect(draft.mentions.isEmpty)
  }

  @Test(arguments: [
    "scsi31: a1:vm-1-disk-0", "scsi01: a1:vm-1-disk-0", "nvme0: a1:vm-1-disk-0",
    "scsi0: a1:vm-1-disk-0, size=1G", "scsi0: a1:vm-1-disk-0,size=1X",
    "scsi0: a1:vm-1-disk-0,what=1", "scsi0: a1:vm-1-disk-0,ssd=1,ssd=1",
    "scsi0: a1:vm-1-disk-0,file=b1:vm-2-disk-0", "scsi0: a1:vm-1-disk-0,cyls=5",
    "scsi0: a1:vm-1-disk-0,queues=1", "scsi0: a1:vm-1-disk-0,wwn=0x5000",
    "scsi0: a1:vm-1-disk-0,wwn=0x5000abcdEF01234g", "sata0: a1:vm-1-disk-0,bps_rd_length=0",
    "scsi0: a1:vm-1-disk-0,serial=\(String(repeating: "x", count: 61))",
    "scsi0: a1:vm-1-disk-0,mbps=1,mbps_rd=1", "scsi0: a1:vm-1-disk-0,cache=",
    "virtio0: a1:vm-1-disk-0,ssd=1", "virtio0: a1:vm-1-disk-0,media=cdrom",
    "unused0: a1:vm-1-disk-0,size=1G", " scsi0: a1:vm-1-disk-0", "SCSI0: a1:vm-1-disk-0",
    "args: <redacted> a1:vm-1-disk-0", "hookscript: <redacted> a1:vm-1-disk-0",
    "fleecing-images: a1:vm-1-disk-0", "#what a1%3Avm-1-disk-0 is", "oops a1:vm-1-disk-0",
    "[no header] a1:vm-1-disk-0\nscsi1: b1:x",
  ])
  func `a line that PVE drops or doesn't look into is a mention`(line: String) throws {
    let draft = try read("name: x\n" + line + "\n")
    #expect(draft.references.filter { $0.target.text.contains("vm-1-") }.isEmpty)
    #expect(draft.mentions.contains { $0.text.hasPrefix("a1:vm-1-disk-0") }, "\(draft.mentions)")
    #expect(draft.mentions.allSatisfy { $0.location.line == 2 })
  }

  @Test func `empty drives name nothing`() throws {
    let draft = try read("ide2: none,media=cdrom\nide3: cdrom,media=cdrom\nname: x\n")
    #expect(draft.references.isEmpty && draft.mentions.isEmpty)
  }

  @Test func `device paths are kept as paths`() throws {
    #expect(try slots("scsi1: /dev/disk/by-id/x,size=1G\n") == ["scsi1 /dev/disk/by-id/x"])
    #expect(
      try read("args: -drive file=/dev/pve/vm-1-disk-0,if=none\n").mentions
        == [
          Mention(
            text: "/dev/pve/vm-1-disk-0", place: "args",
            location: SourceLocation(entry: 0, line: 1, range: 0..<46))
        ])
  }

  @Test func `slashes that JSON escapes are slashes`() throws {
    let mentions = try read(#"args: -blockdev {"filename":"\/dev\/pve\/vm-1-disk-0"}"# + "\n")
      .mentions
    #expect(mentions.map(\.text) == ["/dev/pve/vm-1-disk-0"])
    // What stands there either way is never lost by it.
    #expect(
      try read("args: a\\/dev/pve/vm-1-disk-0\n").mentions.contains {
        $0.text == "/dev/pve/vm-1-disk-0"
      })
    let deep = String(repeating: "\\", count: 100_000)
    #expect(
      try read("args: \(deep)/dev/pve/vm-1-disk-0\n").mentions.contains {
        $0.text == "/dev/pve/vm-1-disk-0"
      })
  }

  @Test func `of two lines with one key the later counts`() throws {
    let draft = try read("ide2: a1:vm-1-disk-0\ncdrom: a1:vm-1-disk-1\n")
    #expect(draft.references.map(\.target.text) == ["a1:vm-1-disk-1"])
    #expect(draft.mentions.map(\.text) == ["a1:vm-1-disk-0"])
    let kept = try read("scsi0: a1:vm-1-disk-0\nscsi0: a1:vm-1-disk-1,bad=1\n")
    #expect(kept.references.map(\.target.text) == ["a1:vm-1-disk-0"])
    let emptied = try read("ide2: a1:vm-1-disk-0\nide2: none\n")
    #expect(emptied.references.isEmpty && emptied.mentions.map(\.text) == ["a1:vm-1-disk-0"])
  }

  @Test func `sections are told by their headings`() throws {
    let draft = try read(
      """
      scsi0: a1:vm-1-disk-0
      lock: backup
      [Pending]
      scsi1: a1:vm-1-disk-1
      [SPECIAL:fleecing]
      fleecing-images: a1:vm-1-fleece-0,b1:vm-1-fleece-1
      [special:FLEECING]
      fleecing-images: a1:vm-1-fleece-9
      [special:cloudinit]
      ide2: a1:vm-1-cloudinit
      [x]
      scsi2: a1:vm-1-disk-2
      [snap_1]
      scsi3: a1:vm-1-disk-3
      lock: no
      """)
    #expect(
      draft.references.map { "\($0.section) \($0.target.text)" } == [
        "main a1:vm-1-disk-0", "pending a1:vm-1-disk-1", "fleecing a1:vm-1-fleece-0",
        "fleecing b1:vm-1-fleece-1", #"snapshot("snap_1") a1:vm-1-disk-3"#,
      ])
    #expect(
      draft.mentions.map(\.text) == [
        "a1:vm-1-fleece-9", "a1:vm-1-cloudinit", "a1:vm-1-disk-2",
      ])
    #expect(draft.lock == "backup")
    #expect(draft.snapshots == ["snap_1"])
  }

  @Test func `a section that is opened again replaces the earlier`() throws {
    let draft = try read("[ab]\nscsi0: a1:vm-1-disk-0\n[ab]\nscsi1: a1:vm-1-disk-1\n")
    #expect(draft.references.map(\.target.text) == ["a1:vm-1-disk-1"])
    #expect(draft.mentions.map(\.text) == ["a1:vm-1-disk-0"])
    #expect(draft.snapshots == ["ab"])
  }

  @Test func `one bad image makes PVE drop the fleecing line`() throws {
    let draft = try read("[special:fleecing]\nfleecing-images: a1:vm-1-fleece-0,oops\n")
    #expect(draft.references.isEmpty)
    #expect(draft.mentions.map(\.text) == ["a1:vm-1-fleece-0"])
  }

  @Test func `redacted names are none`() throws {
    #expect(try read("name: <redacted>\n").name == nil)
  }

  @Test func `an empty file and another one are no configuration`() {
    for capture in [Capture(text: ""), Capture(text: "\n\n"), Capture("vgs/thin-local")] {
      #expect(refusal { () throws(ParseError) in _ = try read(capture) } != nil)
    }
  }
}

extension VolumeReference.Target {
  var text: String {
    switch self {
    case .volume(let volume): volume.description
    case .path(let path): path
    }
  }
}

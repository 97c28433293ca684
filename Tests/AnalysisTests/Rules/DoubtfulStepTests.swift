import Analysis
import NodeState
import Testing

/// What may be a healthy disk, by whatever source, is offered in no step.
@Suite struct DoubtfulStepTests {
  private static let ghost = "san-vm--122--disk--0"
  private static let stopped = "san-vm--100--disk--0"

  private static let twoDisks = """
    {"blockdevices":[
     {"name":"sdb","maj:min":"8:16","tran":"sata"},{"name":"sdc","maj:min":"8:32","tran":"sata"}]}

    """

  @Test func `a ghost on a disk that is none of its group's may be the living disk`() {
    func judged(_ device: String) -> Assessment {
      assessment(
        of: "case-01-clone-fails",
        with: [
          "dmsetup-table.txt": "\(Self.ghost): 0 2097152 linear \(device) 4098048\n",
          "lsblk.json": Self.twoDisks,
        ])
    }
    #expect(judged("8:16").steps.count == 1)
    #expect(judged("8:32").steps.isEmpty)
    #expect(judged("8:32").rule(of: Self.ghost) == "volumes-unknown")
  }

  @Test func `a leftover on another disk than its group's still blocks a name, and has no step`() {
    let judged = assessment(
      of: "case-02-recreated-on-target",
      with: [
        "dmsetup-table.txt": "san-vm--101--disk--0: 0 2097152 linear 8:32 2048\n",
        "lsblk.json": Self.twoDisks,
      ])
    #expect(judged.rule(of: "san-vm--101--disk--0") == "recreated-volume")
    #expect(judged.steps.isEmpty)
    #expect(
      judged.verdict(on: "san-vm--101--disk--0")?.why.hasSuffix(
        "But its table lies on 8:32, which is no disk of san: it may be a living disk.") == true)
  }

  @Test func `a ghost that lives in another group, as after vgsplit, has no step`() throws {
    let files = Scenario.named("case-01-clone-fails")?.files ?? [:]
    func text(_ name: String) -> String { String(decoding: files[name] ?? [], as: UTF8.self) }
    let group = "GroupSan000000000000000000000000"
    let other = "GroupSan200000000000000000000000"
    /// Adds a row that is the first one with changes.
    func doubled(_ name: String, _ changes: [(String, String)]) -> String {
      let lines = text(name).split(separator: "\n").map(String.init)
      let row = changes.reduce(lines[1]) { $0.replacing($1.0, with: $1.1) }
      return "\(lines[0])\n\(lines[1]),\n\(row)\n\(lines[2])\n"
    }
    let split = [
      "lvs.json": doubled(
        "lvs.json",
        [
          (group, other), ("\"san\"", "\"san2\""), ("san-vm--100", "san2-vm--122"),
          ("vm-100-disk-0", "vm-122-disk-0"), ("Vm100Disk0", "Vm122Disk0"),
          ("/dev/sdb", "/dev/sdc"),
        ]),
      "vgs.json": doubled("vgs.json", [(group, other), ("\"san\"", "\"san2\"")]),
      "pvs.json": doubled(
        "pvs.json",
        [
          (group, other), ("\"san\"", "\"san2\""), ("DiskSan0", "DiskSan2"),
          ("/dev/sdb", "/dev/sdc"),
          ("\"16\"", "\"32\""),
        ]),
      "lsblk.json": Self.twoDisks,
    ]
    let judged = assessment(of: "case-01-clone-fails", with: split)
    #expect(judged.rule(of: Self.ghost) == "volumes-unknown" && judged.steps.isEmpty)
    #expect(judged.verdict(on: Self.ghost)?.why.contains("in the group san2") == true)
  }

  @Test(arguments: [
    "mirror core 1 1024 2 8:16 2048 8:32 2048 1 handle_errors", "zero", "crypt x y 0 8:16 2048",
    "delay 8:16 2048 50", "snapshot-origin 8:16",
  ])
  func `a table of another kind than LVM has is in no step`(target: String) {
    let judged = assessment(
      of: "stopped-guest-shared",
      with: [
        "dmsetup-table.txt": "\(Self.stopped): 0 2097152 \(target)\n", "lsblk.json": Self.twoDisks,
      ])
    #expect(judged.steps.isEmpty)
  }

  @Test(arguments: [
    (#""seg_pe_ranges":"/dev/sdb:0-255""#, #""seg_pe_ranges":"""#),
    (#""segtype":"linear""#, #""segtype":"error""#),
  ])
  func `metadata that cannot be compared with the table is in no step`(old: String, new: String) {
    let rows = String(
      decoding: Scenario.named("stopped-guest-shared")?.files["lvs.json"] ?? [], as: UTF8.self)
    #expect(rows.contains(old))
    let judged = assessment(
      of: "stopped-guest-shared", with: ["lvs.json": rows.replacing(old, with: new)])
    #expect(judged.steps.isEmpty)
  }

  @Test(arguments: ["null", "\"999\"", "\"+100\""])
  func `a process that PVE's pid file names is a guest's, whatever its command line says`(
    id: String
  ) {
    let process = """
      {"pid":800,"start":345,"id":\(id),"arg0":"/usr/bin/kvm","pidFile":"/run/qemu-server/100.pid",\
      "pidFileAgrees":true,"incoming":false,"paths":[]}

      """
    let judged = assessment(
      of: "stopped-guest-shared", with: ["qemu-processes.jsonl": process])
    #expect(judged.rule(of: Self.stopped) == "guests-unknown" && judged.steps.isEmpty)
  }

  @Test func `a storage of this node that is local offers nothing, whatever another node's says`() {
    let storages = """
      lvm: loc
      \tvgname san
      \tcontent images
      \tnodes pve1

      lvm: fast
      \tvgname san
      \tcontent images
      \tshared 1
      \tnodes pve2,pve3

      """
    let judged = assessment(
      of: "stopped-guest-shared",
      with: [
        "storage.cfg": storages,
        "guests/pve1/qemu-server/100.conf": "scsi0: loc:vm-100-disk-0,size=1G\n",
      ])
    #expect(judged.rule(of: Self.stopped) == "stopped-guest" && judged.steps.isEmpty)
  }

  @Test func `pmxcfs without a cluster beside other nodes' guests is believed nothing shared`() {
    let alone = ["members": #"{"nodename":"pve1","version":0}"# + "\n"]
    let judged = assessment(of: "moved-guest-storage-of-other-nodes", with: alone)
    #expect(judged.steps.isEmpty)
    #expect(judged.verdicts.allSatisfy { $0.rule.name == "guests-unknown" })
    // Without other nodes' guests it is a node of its own.
    #expect(assessment(of: "stopped-guest-shared", with: alone).steps.count == 1)
  }

  @Test func `an empty list of guests is not believed beside their configurations`() {
    let judged = assessment(
      of: "stopped-guest-shared", with: ["vmlist": #"{"version":1,"ids":{}}"# + "\n"])
    #expect(judged.rule(of: Self.stopped) == "guests-unknown" && judged.steps.isEmpty)
  }

  @Test func `a group that vgs and pvs call otherwise is not trusted`() {
    let rows = String(
      decoding: Scenario.named("stopped-guest-shared")?.files["pvs.json"] ?? [], as: UTF8.self)
    func rule(_ name: String) -> String? {
      let pvs = rows.replacing(#""vg_name":"san""#, with: name)
      return assessment(of: "stopped-guest-shared", with: ["pvs.json": pvs]).rule(of: Self.stopped)
    }
    #expect(rule(#""vg_name":"nas""#) == "volumes-unknown")
    #expect(rule(#""vg_name":"""#) == "stopped-guest")
  }

  @Test func `one disk that pvs prints twice is a copy, also without its word for that`() {
    let rows = String(
      decoding: Scenario.named("stopped-guest-shared")?.files["pvs.json"] ?? [], as: UTF8.self)
    let lines = rows.split(separator: "\n").map(String.init)
    let copy = lines[1].replacing("/dev/sdb", with: "/dev/sdc").replacing("\"16\"", with: "\"32\"")
      .replacing("\"san\"", with: "\"\"").replacing("GroupSan000000000000000000000000", with: "")
    let judged = assessment(
      of: "stopped-guest-shared", with: ["pvs.json": "\(lines[0])\n\(lines[1]),\n\(copy)\n]}]}\n"])
    #expect(judged.rule(of: Self.stopped) == "volumes-unknown" && judged.steps.isEmpty)
  }
}

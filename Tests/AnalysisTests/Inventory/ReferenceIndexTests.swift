import NodeState
import Testing

@testable import Analysis

@Suite struct ReferenceIndexTests {
  private func index(
    _ configurations: [GuestConfiguration], _ storages: [Storage] = [],
    links: [String: DeviceNumber] = [:], named: [String: DeviceNumber] = [:]
  ) -> ReferenceIndex {
    ReferenceIndex(
      configurations: configurations, storages: storages, nodeName: "pve1",
      paths: DevicePaths(links: links, namedLinks: TextIndex(named)))
  }

  private let disk = VolumePath(group: "vg_san", volume: "vm-100-disk-0")

  @Test func `a storage's id leads to its group, and a group's name to nothing`() {
    let storages = [Make.storage("san", group: "vg_san"), Make.storage("vg_san", group: "other")]
    let found = index(
      [Make.configuration(100, on: "pve1", [Make.reference("san:vm-100-disk-0")])], storages)
    #expect(found.references(to: disk).count == 1)
    #expect(found.references(to: VolumePath(group: "san", volume: "vm-100-disk-0")).isEmpty)
    #expect(found.references(to: VolumePath(group: "other", volume: "vm-100-disk-0")).isEmpty)
  }

  @Test func `what was asked for before changes no answer, whatever the group is called`() {
    let groups = ["", "vg_san", "none", ""]
    let found = index(
      ["odd", "san"].map {
        Make.configuration(100, on: "pve1", [Make.reference("\($0):vm-100-disk-0")])
      }, [Make.storage("odd", group: ""), Make.storage("san", group: "vg_san")])
    var known: ReferenceIndex.KnownGroup?
    let counts = groups.map { group in
      found.find(
        naming: nil, at: VolumePath(group: group, volume: disk.volume), nil, &known
      ).references.count
    }
    #expect(counts == [1, 1, 0, 1])
  }

  @Test func `a local storage of another node is another volume`() {
    let configuration = Make.configuration(
      100, on: "pve2", [Make.reference("san:vm-100-disk-0")], mentions: ["san:vm-100-disk-1"])
    let local = index([configuration], [Make.storage("san", group: "vg_san")])
    #expect(local.references(to: disk).map(\.counts) == [false])
    let mentioned = VolumePath(group: "vg_san", volume: "vm-100-disk-1")
    #expect(local.mentions(of: mentioned).map(\.counts) == [false])
    let shared = index([configuration], [Make.storage("san", group: "vg_san", isShared: true)])
    #expect(shared.references(to: disk).map(\.counts) == [true])
    #expect(shared.mentions(of: mentioned).map(\.counts) == [true])
  }

  @Test func `a group that one storage calls shared is shared for all of its storages`() {
    let storages = [
      Make.storage("fast", group: "vg_san", isShared: true), Make.storage("san", group: "vg_san"),
    ]
    let found = index(
      [Make.configuration(100, on: "pve2", [Make.reference("san:vm-100-disk-0")])], storages)
    #expect(found.references(to: disk).map(\.counts) == [true])
  }

  @Test func `a thin pool is a node's own though its group is shared`() {
    let storages = [
      Make.storage("fast", group: "vg_san", isShared: true),
      Make.storage("thin", type: "lvmthin", group: "vg_san", pool: "data"),
    ]
    let found = index(
      [Make.configuration(100, on: "pve2", [Make.reference("thin:vm-100-disk-0")])], storages)
    #expect(found.references(to: disk).map(\.counts) == [false])
  }

  @Test func `a snapshot's section names the disk and the volume that holds the snapshot`() {
    let reference = Make.reference("san:vm-100-disk-0", section: .snapshot("before"))
    let state = Make.reference(
      "san:vm-100-state-before", slot: "vmstate", section: .snapshot("before"))
    let found = index(
      [Make.configuration(100, on: "pve1", [reference, state])],
      [Make.storage("san", group: "vg_san")])
    let derived = VolumePath(group: "vg_san", volume: "snap_vm-100-disk-0_before")
    #expect(found.references(to: disk).map(\.isAttached) == [false])
    #expect(found.references(to: derived).map(\.snapshot) == ["before"])
    #expect(
      found.references(to: VolumePath(group: "vg_san", volume: "snap_vm-100-state-before_before"))
        .isEmpty)
  }

  @Test(arguments: [
    "/dev/vg_san/vm-100-disk-0", "/dev//vg_san/vm-100-disk-0", "/dev/./vg_san//vm-100-disk-0",
    "/dev/vg_san/../vg_san/vm-100-disk-0", "//mnt/../dev/vg_san/vm-100-disk-0",
  ]) func `a path below a group's folder is a reference`(path: String) {
    let found = index([Make.configuration(100, on: "pve1", [Make.reference(path)])])
    #expect(found.references(to: disk).map(\.counts) == [true])
  }

  @Test func `other paths lead to mappings and devices`() {
    let links = ["/dev/disk/by-id/scsi-1": Make.device("253:4")]
    let paths = [
      "/dev/mapper/vg_san-vm--100--disk--0", "/dev/disk/by-id/dm-name-vg_san-vm--100--disk--0",
      "/dev/disk/by-id/scsi-1", "/dev/block/253:5", "/dev/dm-6", "/dev/sdb", "/mnt/data",
      "/dev/disk/by-id/dm-uuid-LVM-abc",
    ]
    let found = index(
      [Make.configuration(100, on: "pve1", paths.map { Make.reference($0) })], links: links)
    #expect(found.references.byMappingName["vg_san-vm--100--disk--0"]?.count == 2)
    #expect(found.references.byDevice[Make.device("253:4")]?.count == 1)
    #expect(found.references.byDevice[Make.device("253:5")]?.count == 1)
    #expect(found.references.byMinor[6]?.count == 1)
    #expect(found.references.byUUID["LVM-abc"]?.count == 1)
    #expect(found.unresolvedPaths.isEmpty)
  }

  @Test func `a link that looks like a volume's path leads to its device, too, on this node alone`()
  {
    let path = "/dev/oracle/data1"
    let found = index(
      ["pve1", "pve2"].map { Make.configuration(100, on: $0, [Make.reference(path)]) },
      named: [path: Make.device("253:4")])
    #expect(found.references.byDevice[Make.device("253:4")]?.map(\.isHere) == [true])
    #expect(found.references(to: VolumePath(group: "oracle", volume: "data1")).count == 2)
  }

  @Test func `what names a mapping in two ways is found once`() {
    let path = "/dev/vg_san/vm-100-disk-0"
    let found = index(
      [Make.configuration(100, on: "pve1", [Make.reference(path)], mentions: [path])],
      named: [path: Make.device("253:4")])
    var known: ReferenceIndex.KnownGroup?
    let named = found.find(
      naming: Make.mapping("vg_san-vm--100--disk--0", device: "253:4"), at: disk, nil, &known)
    #expect(named.references.count == 1 && named.mentions.count == 1)
  }

  @Test(arguments: ["/dev/oradata", "/dev/oracle/asm/data1"])
  func `a disk's path where no collector looks is in doubt`(path: String) {
    let found = index([Make.configuration(100, on: "pve1", [Make.reference(path)])])
    #expect(found.uncollectedPaths == [path])
    let mentioned = index([Make.configuration(100, on: "pve1", mentions: [path])])
    #expect(mentioned.uncollectedPaths.isEmpty)
  }

  @Test(arguments: [
    "/dev/sdb", "/dev/nvme0n1", "/dev/zd16", "/dev/zvol/rpool/data/vm-100-disk-0",
    "/dev/disk/by-path/pci-1", "/dev/drbd/by-res/r0/0",
  ]) func `a device of another driver is none`(path: String) {
    let found = index([Make.configuration(100, on: "pve1", [Make.reference(path)])])
    #expect(found.uncollectedPaths.isEmpty && found.unresolvedPaths.isEmpty)
  }

  @Test func `a link that leads nowhere is kept, of this node alone`() {
    let path = "/dev/disk/by-id/ata-9"
    let found = index([
      Make.configuration(100, on: "pve1", [Make.reference(path)]),
      Make.configuration(101, on: "pve2", [Make.reference(path)]),
    ])
    #expect(found.unresolvedPaths == [path])
  }

  @Test func `a path of another node counts where the group is shared`() {
    let configuration = Make.configuration(
      100, on: "pve2", [Make.reference("/dev/vg_san/vm-100-disk-0")])
    #expect(index([configuration]).references(to: disk).map(\.counts) == [false])
    let shared = [Make.storage("san", group: "vg_san", isShared: true)]
    #expect(index([configuration], shared).references(to: disk).map(\.counts) == [true])
  }

  @Test(arguments: [nil, "lvmplus"]) func `a storage that nobody knows may be any group's`(
    type: String?
  ) {
    let storages = type.map { [Make.storage("extra", type: $0, group: nil)] } ?? []
    let found = index(
      [
        Make.configuration(
          100, on: "pve2", [Make.reference("extra:vm-100-disk-0")],
          mentions: ["extra:vm-100-disk-1"])
      ], storages)
    #expect(found.mentions(ofName: "vm-100-disk-0").map(\.counts) == [true])
    #expect(found.mentions(ofName: "vm-100-disk-1").map(\.counts) == [true])
  }

  @Test func `a storage without mappings names no volume of a group`() {
    for type in ["dir", "zfspool", "rbd", "nfs", "iscsi", "pbs"] {
      let found = index(
        [Make.configuration(100, on: "pve1", [Make.reference("files:vm-100-disk-0")])],
        [Make.storage("files", type: type, group: nil)])
      #expect(found.references(toName: "vm-100-disk-0").isEmpty, "\(type)")
      #expect(found.mentions(ofName: "vm-100-disk-0").isEmpty, "\(type)")
    }
  }

  @Test func `a mention at the end of a sentence is one of the name without the full stop`() {
    let found = index(
      [
        Make.configuration(
          100, on: "pve1", mentions: ["/dev/vg_san/vm-100-disk-0.", "san:vm-100-disk-0:"])
      ],
      [Make.storage("san", group: "vg_san")])
    #expect(found.mentions(of: disk).count == 2)
  }
}

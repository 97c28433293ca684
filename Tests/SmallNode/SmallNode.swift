import BundleFormat

/// A node that fits on a screen: one shared volume group, guest 100 that runs on its disk, and
/// nothing else. A test changes the texts that it is about.
public struct SmallNode {
  public var name = "pve1"
  public var machineID = "0123456789abcdef0123456789abcdef"
  public var collectedAt = Timestamp("2026-11-22T19:54:00Z")!
  public var format = Manifest.currentFormat
  /// What each source printed, in the form of its tool.
  public var texts: [SourceID: String]
  /// Guests' configurations by the path below `/etc/pve/nodes`: `pve1/qemu-server/100.conf`.
  public var configurations: [String: String]
  /// Sources that the bundle has no entry of.
  public var lacking: Set<SourceID> = []

  public static let groupID = "GRPGRP0123456789GRPGRP0123456789"
  public static let diskID = "DSKDSK0123456789DSKDSK0123456789"
  public static let ghostID = "GHOGHO0123456789GHOGHO0123456789"

  /// All is well.
  public init() {
    texts = [
      .bootID: "5f3c1d2e-0000-4000-8000-000000000001\n",
      .machineID: "0123456789abcdef0123456789abcdef\n",
      .dmsetupInfo: "ssd-vm--100--disk--0|LVM-\(Self.groupID)\(Self.diskID)|253|0|1|1|0|L--w\n",
      .dmsetupTable: "ssd-vm--100--disk--0: 0 65536 linear 8:16 2048\n",
      .lvs: Self.volumes, .vgs: Self.groups, .pvs: Self.physicalVolumes,
      .storageCfg: "lvm: ssd\n\tvgname ssd\n\tcontent images\n\tshared 1\n",
      .pveVmlist: Self.guestList("100"),
      .pveMembers: """
      {"nodename": "pve1", "version": 2,
      "cluster": { "name": "lab", "version": 2, "nodes": 1, "quorate": 1 },
      "nodelist": { "pve1": { "id": 1, "online": 1, "ip": "192.0.2.1"} } }

      """,
      .qemuProcesses: """
      {"pid":1052,"start":345,"id":"100","arg0":"/usr/bin/kvm",\
      "pidFile":"/run/qemu-server/100.pid","pidFileAgrees":true,"incoming":false,\
      "paths":["/dev/ssd/vm-100-disk-0"]}

      """,
      .containerSockets: "", .tasksActive: "", .guestLocks: "", .fstab: "", .devLinks: "",
      .multipath: "", .deviceUsers: "",
      .qmList: Self.machineList("100 web running"),
      .lsblk: "{\"blockdevices\": []}\n",
    ]
    configurations = ["pve1/qemu-server/100.conf": "name: web\nscsi0: ssd:vm-100-disk-0,size=32M\n"]
  }

  /// The same with a leftover: guest 105 and its volume are gone, its mapping is not.
  public static var withGhost: SmallNode {
    var node = SmallNode()
    node.texts[.dmsetupInfo]! +=
      "ssd-vm--105--disk--0|LVM-\(groupID)\(ghostID)|253|1|0|1|0|L--w\n"
    node.texts[.dmsetupTable]! += "ssd-vm--105--disk--0: 0 65536 linear 8:16 67584\n"
    return node
  }

  /// The same with a closed partition on the leftover.
  public static var withPartition: SmallNode {
    var node = SmallNode.withGhost
    node.texts[.dmsetupInfo]!.replace("|253|1|0|", with: "|253|1|1|")
    node.texts[.dmsetupInfo]! +=
      "ssd-vm--105--disk--0p1|part1-LVM-\(groupID)\(ghostID)|253|2|0|1|0|L--w\n"
    node.texts[.dmsetupTable]! += "ssd-vm--105--disk--0p1: 0 2048 linear 253:1 2048\n"
    return node
  }

  /// Another with two mappings of volumes that are gone, whose names other volumes have now: one is open.
  public static var withRecreatedVolumes: SmallNode {
    var node = SmallNode()
    let rows: [(number: Int, id: String, openCount: Int)] = [
      (1, "GHOGHO0123456789GHOGHO0123456789", 0), (2, "HOGHOG0123456789HOGHOG0123456789", 1),
    ]
    let end = "]}]}"
    for row in rows {
      let name = "vm-100-disk-\(row.number)"
      let mapping = "ssd-vm--100--disk--\(row.number)"
      node.texts[.dmsetupInfo]! +=
        "\(mapping)|LVM-\(groupID)\(row.id)|253|\(row.number)|\(row.openCount)|1|0|L--w\n"
      node.texts[.dmsetupTable]! +=
        "\(mapping): 0 65536 linear 8:16 \(2048 + 65_536 * row.number)\n"
      let volume = volumes.split(separator: "\n")[1]
        .replacing("vm-100-disk-0", with: name).replacing(
          "vm--100--disk--0", with: "vm--100--disk--\(row.number)"
        )
        .replacing(grouped(diskID), with: grouped("NEWNE\(row.number)0123456789NEWNEW0123456789"))
        .replacing("/dev/sdb:0-7", with: "/dev/sdb:\(80 * row.number)-\(80 * row.number + 7)")
      node.texts[.lvs]!.replace("\n" + end, with: ",\n" + volume + "\n" + end)
    }
    node.texts[.vgs]!.replace("\"lv_count\":\"1\"", with: "\"lv_count\":\"3\"")
    return node
  }

  /// `.vmlist` with virtual machines of pve1.
  public static func guestList(_ ids: String...) -> String {
    let rows = ids.map { "\"\($0)\": { \"node\": \"pve1\", \"type\": \"qemu\", \"version\": 1 }" }
    return "{\n\"version\": 1,\n\"ids\": {\n\(rows.joined(separator: ",\n"))}\n\n}\n"
  }

  /// `qm list` with a row `ID NAME STATUS` for each word.
  public static func machineList(_ rows: String...) -> String {
    let lines = rows.map { "       \($0)    512                1.00 0         \n" }
    return "      VMID NAME                 STATUS     MEM(MB)    BOOTDISK(GB) PID       \n"
      + lines.joined()
  }

  /// An LVM id as LVM prints it, in groups.
  static func grouped(_ id: String) -> String {
    var rest = Array(id)
    var parts: [String] = []
    for count in [6, 4, 4, 4, 4, 4, 6] {
      parts.append(String(rest.prefix(count)))
      rest.removeFirst(count)
    }
    return parts.joined(separator: "-")
  }

  private static let volumes = """
    {"report": [{"lv": [
    {"vg_name":"ssd", "vg_uuid":"\(grouped(groupID))", "lv_name":"vm-100-disk-0", \
    "lv_uuid":"\(grouped(diskID))", "lv_attr":"-wi-XX----", "lv_size":"33554432", \
    "lv_dm_path":"/dev/mapper/ssd-vm--100--disk--0", "lv_layout":"linear", "lv_role":"public", \
    "lv_tags":"pve-vm-100", "lv_autoactivation":"", "lv_skip_activation":"", \
    "lv_time":"2026-05-22 20:05:17 +0000", "lv_host":"pve1", "pool_lv":"", "origin":"", \
    "lv_parent":"", "segtype":"linear", "seg_start_pe":"0", "seg_size_pe":"8", \
    "seg_pe_ranges":"/dev/sdb:0-7", "thin_id":"", "stripes":"1", "stripe_size":"0", \
    "transaction_id":"", "lv_health_status":""}
    ]}]}

    """

  private static let groups = """
    {"report": [{"vg": [
    {"vg_name":"ssd", "vg_uuid":"\(grouped(groupID))", "vg_attr":"wz--n-", \
    "vg_size":"1069547520", "vg_free":"1035993088", "vg_extent_size":"4194304", "vg_seqno":"3", \
    "pv_count":"1", "lv_count":"1", "vg_missing_pv_count":"0", "vg_partial":"", \
    "vg_exported":"", "vg_systemid":"", "vg_lock_type":""}
    ]}]}

    """

  private static let physicalVolumes = """
    {"report": [{"pv": [
    {"pv_name":"/dev/sdb", "pv_uuid":"\(grouped("PHYPHY0123456789PHYPHY0123456789"))", \
    "vg_name":"ssd", "vg_uuid":"\(grouped(groupID))", "pv_attr":"a--", "pv_size":"1069547520", \
    "pv_free":"1035993088", "pe_start":"1048576", "pv_missing":"", "pv_duplicate":"", \
    "pv_major":"8", "pv_minor":"16", "dev_size":"1073741824"}
    ]}]}

    """
}

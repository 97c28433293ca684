import Analysis
import Testing

@Suite struct NodeRulesTests {
  private func subjects(
    of rule: String, in scenario: String = "host-alone", with changes: [String: String] = [:],
    without taken: [String] = []
  ) -> [String] {
    assessment(of: scenario, with: changes, without: taken).findings
      .filter { $0.rule.name == rule }.map(\.subject)
  }

  @Test(arguments: [
    (880, "20", true), (910, "90", true), (900, "100", false), (880, "120", false),
    (910, "-", true),
  ]) func `the root file system is full as df reckons`(used: Int, available: String, isFull: Bool) {
    let list =
      "F Type 1-blocks Used Available Capacity Mounted on\n"
      + "/dev/mapper/pve-root ext4 1000 \(used) \(available) 9% /\n"
    let found = subjects(of: "root-filesystem-full", with: ["filesystems.txt": list])
    #expect(found == (isFull ? ["pve1"] : []))
  }

  @Test func `a disk that is marked on two lines is told once`() {
    let row =
      #"{"pv_name":"/dev/sdb", "pv_uuid":"DiskSsd0000000000000000000000000", "vg_name":"ssd", "#
      + #""vg_uuid":"GroupSsd000000000000000000000000", "pv_size":"1099511627776", "#
      + #""pe_start":"1048576", "pv_missing":"", "pv_duplicate":"duplicate", "pv_major":"8", "#
      + #""pv_minor":"16"}"#
    let list = "{\"report\":[{\"pv\":[\n\(row),\n\(row)\n]}]}\n"
    #expect(
      subjects(of: "duplicate-physical-volume", with: ["pvs.json": list]) == ["/dev/sdb"])
  }

  @Test func `a sick pool is told by its status where there is no list`() {
    let status = """
        pool: tank
       state: DEGRADED
      status: One or more devices could not be used because the label is missing.
      config:

      \tNAME        STATE     READ WRITE CKSUM
      \ttank        DEGRADED     0     0     0

        pool: fine
       state: ONLINE

      """
    #expect(subjects(of: "zpool-degraded", with: ["zpool-status.txt": status]) == ["tank"])
    #expect(
      subjects(of: "zpool-degraded", with: ["zpool-status.txt": "all pools are healthy\n"]).isEmpty)
    let list = "tank\t1000\t500\t500\t50\tDEGRADED\n"
    #expect(
      subjects(
        of: "zpool-degraded", with: ["zpool-status.txt": status, "zpool-list.txt": list]
      ) == ["tank"])
  }

  @Test(arguments: [
    (#"global_filter=["a|/dev/sda|","r|.*|"]"#, true), (#"global_filter=["a|.*|"]"#, false),
    (#"global_filter=["r|/dev/(zd|rbd).*|"]"#, false),
  ]) func `a list of what is allowed keeps guests' disks out`(setting: String, isFine: Bool) {
    let found = subjects(
      of: "filter-missing", in: "running-disk",
      with: ["lvmconfig.txt": "devices {\n\(setting)\n}\n"])
    #expect(found.isEmpty == isFine)
  }

  @Test func `a group inside a guest is no source that is missing`() {
    let scenario = "case-24-guest-group-on-host"
    func text(_ name: String) -> String {
      String(decoding: Scenario.named(scenario)?.files[name] ?? [], as: UTF8.self)
        .replacing(before: "ubuntu--vg-ubuntu--lv", after: "vg_inner-vm--500--disk--0")
    }
    let changes = Dictionary(
      uniqueKeysWithValues: ["dmsetup-info.txt", "dmsetup-table.txt"].map { ($0, text($0)) })
    #expect(
      assessment(of: scenario, with: changes).rule(of: "vg_inner-vm--500--disk--0")
        == "guest-group-on-host")
    #expect(subjects(of: "source-missing", in: scenario, with: changes).isEmpty)
  }

  @Test func `two groups of one name that are not trusted are told apart`() {
    let scenario = "case-29-two-groups-of-one-name"
    let groups = String(decoding: Scenario.named(scenario)?.files["vgs.json"] ?? [], as: UTF8.self)
    let changes = [
      "vgs.json": groups.replacing(
        before: "\"vg_exported\":\"\"", after: "\"vg_exported\":\"exported\""),
      "storage.cfg": "lvm: two\n\tvgname pve\n\tcontent images\n",
    ]
    let found = subjects(of: "source-missing", in: scenario, with: changes)
    #expect(found.count == 2 && Set(found).count == 2 && found.allSatisfy { $0.hasPrefix("pve ") })
  }

  @Test func `a volume that a known guest's process holds is no stranger's`() {
    func process(_ path: String) -> [String: String] {
      [
        "guests/pve1/qemu-server/150.conf": "memory: 512\n",
        "qemu-processes.jsonl": """
        {"pid":1150,"start":1,"id":"150","arg0":"/usr/bin/kvm","pidFile":"/run/qemu-server/150.pid",\
        "pidFileAgrees":true,"incoming":false,"paths":["\(path)"]}

        """,
      ]
    }
    for path in ["/dev/san/vm-104-disk-0", "/dev/mapper/san-vm--104--disk--0", "/dev/dm-0"] {
      let assessment = assessment(of: "case-10-foreign-use", with: process(path))
      #expect(assessment.rule(of: "san-vm--104--disk--0") == "guests-unknown", "\(path)")
    }
    let other = assessment(of: "case-10-foreign-use", with: process("/dev/san/vm-104-disk-1"))
    #expect(other.rule(of: "san-vm--104--disk--0") == "foreign-use")
  }
}

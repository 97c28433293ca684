import Analysis
import Testing

@Suite struct InventoryTrustTests {
  private static let ghost = "san-vm--122--disk--0"

  @Test func `the whole inventory is trusted`() {
    #expect(assessment(of: "case-01-clone-fails").inventory.distrust == nil)
  }

  @Test(arguments: [
    "pve-vmlist", "pve-members", "guest-configs", "storage-cfg", "qemu-processes",
    "container-sockets",
  ]) func `each of its sources is needed`(source: String) {
    let assessment = assessment(of: "case-01-clone-fails", without: [source])
    #expect(assessment.inventory.distrust != nil)
    #expect(assessment.rule(of: Self.ghost) == "guests-unknown")
    #expect(assessment.findings.filter { $0.rule.name == "source-missing" }.count == 1)
  }

  @Test(arguments: [
    ("vmlist", ""), ("vmlist", "{\"version\":1,\"ids\":[]}"), ("members", "{}"),
    ("vmlist", "{\"version\":1,\"ids\":{\"105\":{\"node\":\"pve2\",\"type\":\"qemu\"}}}"),
    (
      "vmlist",
      "{\"version\":1,\"ids\":{\"100\":{\"node\":\"pve2\",\"type\":\"qemu\",\"version\":1}}}"
    ),
    (
      "vmlist",
      "{\"version\":1,\"ids\":{\"100\":{\"node\":\"pve1\",\"type\":\"lxc\",\"version\":1}}}"
    ),
    ("storage.cfg", ""), ("qemu-processes.jsonl", "{\"pid\":"),
    ("container-sockets.txt", "something else\n"),
    ("guests/pve1/qemu-server/100.conf", ""),
  ]) func `one that says nothing, or not all, is not trusted`(file: String, content: String) {
    let assessment = assessment(
      of: "case-01-clone-fails",
      with: ["guests/pve1/qemu-server/100.conf": "memory: 512\n"].merging([file: content]) { $1 })
    #expect(assessment.inventory.distrust != nil, "\(file): \(content)")
    #expect(assessment.steps.isEmpty)
  }

  @Test func `a file that PVE takes for no guest's configuration is none that is missing`() {
    let files = [
      "guests/pve1/qemu-server/100-old.conf": "scsi0: fast:vm-9-disk-0\n",
      "guests/pve1/qemu-server/99.conf": "", "vmlist": "{\"version\":1}",
    ]
    let assessment = assessment(of: "case-01-clone-fails", with: files)
    #expect(assessment.inventory.distrust == nil && !assessment.lacksRequiredSource)
    #expect(assessment.rule(of: Self.ghost) == "ghost-mapping")
  }

  @Test func `a path that leads nowhere is no doubt when the links were read`() {
    let conf = ["guests/pve1/qemu-server/100.conf": "scsi0: /dev/disk/by-id/ata-9\n"]
    #expect(assessment(of: "case-01-clone-fails", with: conf).inventory.distrust == nil)
    #expect(
      assessment(of: "case-01-clone-fails", with: conf, without: ["dev-links"]).inventory.distrust
        != nil)
  }

  @Test func `links that were not collected, or make no sense, leave a path in doubt`() {
    var files = ["guests/pve1/qemu-server/100.conf": "scsi0: /dev/disk/by-uuid/12-34\n"]
    files["dev-links.jsonl"] = "nonsense\n"
    let spoilt = assessment(of: "case-01-clone-fails", with: files)
    #expect(spoilt.inventory.distrust != nil)
    files["guests/pve1/qemu-server/100.conf"] = "scsi0: /dev/oracle/data1\n"
    #expect(assessment(of: "case-01-clone-fails", with: files).inventory.distrust != nil)
    files["guests/pve1/qemu-server/100.conf"] = "scsi0: /dev/san/vm-100-disk-0\n"
    #expect(assessment(of: "case-01-clone-fails", with: files).inventory.distrust == nil)
  }

  @Test func `a path in a folder of links that was not collected leaves all in doubt`() {
    var files = ["guests/pve1/qemu-server/100.conf": "scsi0: /dev/disk/by-uuid/12-34\n"]
    #expect(assessment(of: "case-01-clone-fails", with: files).inventory.distrust == nil)
    let words = "node pve1\nhostname pve1\ncollected-at 2026-11-22T12:00:00Z\ndev-links "
    files["manifest.txt"] = words + "/dev/mapper /dev/disk/by-id /dev/*\n"
    let older = assessment(of: "case-01-clone-fails", with: files)
    #expect(older.inventory.distrust?.contains("where links of that folder lead") == true)
    #expect(older.rule(of: Self.ghost) == "guests-unknown")
    files["manifest.txt"] = words + "/dev/mapper /dev/disk/* /dev/*\n"
    let without = assessment(of: "case-01-clone-fails", with: files, without: ["dev-links"])
    #expect(without.inventory.distrust != nil)
  }

  @Test func `a process that no pid file agrees with leaves its guest in doubt`() {
    let line = """
      {"pid":812,"start":1,"id":"100","arg0":"/usr/bin/kvm","pidFile":null,"pidFileAgrees":false,\
      "incoming":false,"paths":[]}

      """
    let assessment = assessment(of: "stopped-guest-shared", with: ["qemu-processes.jsonl": line])
    #expect(assessment.rule(of: "san-vm--100--disk--0") == "guests-unknown")
    #expect(assessment.steps.isEmpty)
  }
}

import Analysis
import Testing

@Suite struct MissingDisksTests {
  private func rows(
    _ scenario: String, _ changes: [String: String] = [:], without taken: [String] = []
  ) -> [String] {
    assessment(of: scenario, with: changes, without: taken).missing
      .map { "\($0.subject) \($0.rule.name) \($0.severity.name)" }
  }

  private let conf = "guests/pve1/qemu-server/100.conf"

  @Test func `only what is attached on an LVM storage of this node is expected`() {
    #expect(rows("inactive-disk") == ["100/scsi0 inactive-disk info"])
    for line in [
      "scsi0: local:100/vm-100-disk-0.qcow2", "scsi0: none,media=cdrom", "scsi0: /dev/sdz",
      "unused0: ssd-local:vm-100-disk-0", "scsi0: elsewhere:vm-100-disk-0",
    ] {
      #expect(rows("inactive-disk", [conf: "memory: 512\n\(line)\n"]).isEmpty, "\(line)")
    }
  }

  @Test func `several volumes of one slot are told apart`() {
    let images = "[special:fleecing]\nfleecing-images: fast:vm-109-fleece-0,fast:vm-109-fleece-1\n"
    let conf = ["guests/pve1/qemu-server/109.conf": "memory: 512\n\(images)"]
    #expect(
      rows("missing-volume-kinds", conf) == [
        "109/fleecing-images fast:vm-109-fleece-0 missing-volume notice",
        "109/fleecing-images fast:vm-109-fleece-1 missing-volume notice",
      ])
  }

  @Test func `a disabled storage, one of other nodes, and a locked guest are left alone`() {
    let line = "scsi0: ssd-local:vm-100-disk-0\n"
    for (name, option) in [("disabled", "\tdisable\n"), ("other nodes", "\tnodes pve2\n")] {
      let storages = "lvm: ssd-local\n\tvgname ssd\n\tcontent images\n\(option)"
      #expect(rows("inactive-disk", ["storage.cfg": storages, conf: line]).isEmpty, "\(name)")
    }
    #expect(rows("inactive-disk", [conf: "lock: create\n\(line)"]).isEmpty)
  }

  @Test func `another node's guests are that node's business`() {
    #expect(
      rows(
        "host-alone", ["guests/pve2/qemu-server/300.conf": "scsi0: local-lvm:vm-300-disk-0\n"]
      ).isEmpty)
  }

  @Test func `nothing is said while guests or mappings are unknown`() {
    for source in ["pve-vmlist", "dmsetup-info", "container-sockets"] {
      #expect(rows("missing-volume-kinds", without: [source]).isEmpty, "\(source)")
    }
  }

  @Test func `a group that was not read in full lacks no volume`() {
    for source in ["lvs", "vgs", "pvs"] {
      #expect(
        !rows("missing-volume-kinds", without: [source]).contains {
          $0.contains("missing-volume")
        })
    }
  }

  @Test func `two groups of one name prove nothing of each other's volumes`() {
    // The disk of guest 100 lies in the first of two groups called pve, or in the second.
    let changes = [
      "storage.cfg": "lvm: two\n\tvgname pve\n\tcontent images\n",
      conf: "scsi0: two:vm-100-disk-0\n",
    ]
    for _ in 0..<8 {
      #expect(
        rows("case-29-two-groups-of-one-name", changes) == ["100/scsi0 inactive-disk info"])
    }
  }

  @Test func `a process without a pid file leaves it open whether the guest runs`() {
    let line = """
      {"pid":812,"start":1,"id":"100","arg0":"/usr/bin/kvm","pidFile":null,"pidFileAgrees":false,\
      "incoming":false,"paths":[]}

      """
    #expect(rows("inactive-disk", ["qemu-processes.jsonl": line]).isEmpty)
  }
}

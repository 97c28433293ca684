import BundleFormat
import NodeState
import SmallNode
import Testing

@testable import Analysis

/// What the bash script v27 says, counted by hand with its own rules.
struct PredecessorTests {
  @Test func `the lab's shared node is un-healthy with an A+`() {
    let assessment = CapturedNode(lab: "shared-thick").assessment()
    #expect(assessment.predecessorCounts == [3, 10, 4, 1])
    #expect(assessment.summary.issues == 15)
    #expect(assessment.grade.letter == .aPlus)
    #expect(assessment.grade.score == 100)
    #expect(assessment.grade.status == "UN-HEALTHY")
    #expect(assessment.missing.map(\.subject) == ["101/scsi0"])
    #expect(assessment.words(for: "ssd--ha01-vm--103--disk--0") == ["stale", "orphaned"])
    #expect(assessment.words(for: "ssd--ha01-vm--102--disk--0--dup") == ["stale"])
    #expect(assessment.words(for: "ssd--ha01-vm--102--disk--0p1") == ["stale"])
    #expect(assessment.words(for: "ssd--ha01-vm--108--disk--0") == ["valid"])
    #expect(assessment.words(for: "test--vm--999--disk--0") == ["stale", "orphaned"])
  }

  @Test func `a healthy thin node with containers has five stale and three orphaned entries`() {
    let assessment = CapturedNode(lab: "thin-local").assessment()
    #expect(assessment.predecessorCounts == [1, 5, 3, 0])
    #expect(assessment.grade.status == "WARNING")
    #expect(assessment.words(for: "pve-vm--110--disk--0") == ["stale", "orphaned"])
    #expect(assessment.words(for: "pve-vm--100--cloudinit") == [])
    #expect(assessment.words(for: "pve-vm--103--disk--0") == ["stale", "orphaned"])
  }

  @Test func `a stopped VM whose name holds the word running counts as running`() {
    let node = CapturedNode(
      machines: SmallNode.machineList("100 running-man stopped"),
      names: ["a-vm--100--disk--0"],
      configurations: ["pve1/qemu-server/100.conf": "scsi0: s:vm-100-disk-0\n"])
    #expect(node.assessment().predecessorCounts == [1, 0, 0, 0])
    #expect(node.assessment().grade.status == "HEALTHY")
  }

  @Test func `a VM whose name holds the word VMID is not in the list`() {
    let node = CapturedNode(
      machines: SmallNode.machineList("100 VMID-test running"), names: ["a-vm--100--disk--0"],
      configurations: ["pve1/qemu-server/100.conf": "scsi0: s:vm-100-disk-0\n"])
    #expect(node.assessment().words(for: "a-vm--100--disk--0") == ["valid", "orphaned"])
  }

  @Test func `the storage is not compared`() {
    let node = CapturedNode(
      machines: SmallNode.machineList("100 web running"),
      names: ["one-vm--100--disk--0", "two-vm--100--disk--0"],
      configurations: ["pve1/qemu-server/100.conf": "scsi0: one:vm-100-disk-0\n"])
    #expect(node.assessment().predecessorCounts == [2, 0, 0, 0])
  }

  @Test func `each line counts as missing, in whatever section`() {
    let node = CapturedNode(
      machines: SmallNode.machineList("100 web stopped"), names: [],
      configurations: [
        "pve1/qemu-server/100.conf": """
        scsi0: zfs:vm-100-disk-0,size=1G
        scsi1: dir:100/vm-100-disk-1.qcow2
        ide2: local:iso/debian.iso,media=cdrom
        ide3: none,media=cdrom
        scsihw: virtio-scsi-single
        tpmstate0: zfs:vm-100-tmp-state-4,size=4M
        unused0: zfs:vm-100-disk-5

        [before]
        scsi0: zfs:vm-100-disk-0,size=1G

        """
      ])
    let assessment = node.assessment()
    #expect(assessment.predecessorCounts == [0, 0, 0, 4])
    #expect(
      assessment.missing.map(\.subject)
        == ["100/scsi0", "100/tpmstate0", "100/unused0", "100/scsi0 (line 10)"])
  }

  @Test func `another node's configuration and a container's are unknown to it`() {
    let node = CapturedNode(
      machines: SmallNode.machineList("100 web stopped"), names: ["a-vm--100--disk--0"],
      configurations: [
        "pve2/qemu-server/100.conf": "scsi0: s:vm-100-disk-0\n",
        "pve1/lxc/100.conf": "rootfs: s:vm-100-disk-0\n",
      ])
    #expect(node.assessment().predecessorCounts == [0, 1, 1, 0])
  }

  @Test(arguments: [
    ("a-vm--100--disk--0", "100", "0"), ("vm--1--x-vm--200--disk--12", "200", "12"),
    ("a-vm--100--disk--0--disk--3", "100", "3"), ("a-vm--100--disk--x", "100", ""),
    ("a-vm--100--disk", "100", ""), ("snap_vm--7--disk--1_vm--8--", "8", "1"),
  ])
  func `an entry is read from the end of its name`(name: String, machine: String, number: String) {
    let entry = PredecessorEntry(name: name)
    #expect(entry?.machine == machine)
    #expect(entry?.number == number)
  }

  @Test(arguments: [
    "pve-root", "a-vm--100--cloudinit", "a-base--100--disk--0", "vm-100-disk-0", "",
  ])
  func `other names are no entries`(name: String) {
    #expect(PredecessorEntry(name: name) == nil)
  }

  @Test func `ten issues make it un-healthy, and eleven stale entries cost ten points`() {
    func node(_ count: Int) -> CapturedNode {
      CapturedNode(
        machines: SmallNode.machineList("100 web stopped"),
        names: (0..<count).map { "a-vm--100--disk--\($0)" },
        configurations: [
          "pve1/qemu-server/100.conf": (0..<count).map { "scsi\($0): s:vm-100-disk-\($0)\n" }
            .joined()
        ])
    }
    #expect(node(9).assessment().grade.status == "WARNING")
    #expect(node(10).assessment().grade.status == "UN-HEALTHY")
    #expect(node(10).assessment().grade.score == 100)
    #expect(node(11).assessment().grade.score == 90)
  }

  @Test func `it never offers a step, and says so where the evidence has one`() {
    let snapshot = NodeSnapshot(reading: SmallNode.withGhost.bundle)
    #expect(!Assessment(of: snapshot).plan.phase2.isEmpty)
    let plan = Assessment(of: snapshot, policy: .v27).plan
    #expect(plan.phase1.isEmpty && plan.phase2.isEmpty && plan.refused.isEmpty)
  }

  @Test func `without qm list nothing is said, rather than no guest believed`() {
    var node = SmallNode.withGhost
    node.lacking = [.qmList]
    let assessment = Assessment(of: NodeSnapshot(reading: node.bundle), policy: .v27)
    #expect(assessment.verdicts.allSatisfy { $0.classification == .unknown })
    #expect(assessment.grade.letter == nil)
    #expect(assessment.grade.status == nil)
    #expect(assessment.lacksRequiredSource)
    #expect(assessment.findings.map(\.id) == ["source-missing:qm-list"])
  }

  @Test func `an empty qm list makes every entry stale and orphaned`() {
    var node = CapturedNode(lab: "thin-local")
    node.machines = ""
    #expect(node.assessment().predecessorCounts == [0, 6, 6, 0])
  }

  @Test func `beside the evidence it changes nothing`() {
    let snapshot = NodeSnapshot(reading: SmallNode.withGhost.bundle)
    let alone = Assessment(of: snapshot)
    let compared = Assessment(of: snapshot, comparing: true)
    #expect(alone.predecessor == nil)
    #expect(compared.words(for: "ssd-vm--105--disk--0") == ["stale", "orphaned"])
    #expect(compared.verdicts.map(\.rule.name) == alone.verdicts.map(\.rule.name))
    #expect(compared.findings.map(\.id) == alone.findings.map(\.id))
    #expect(compared.grade.letter == alone.grade.letter)
  }
}

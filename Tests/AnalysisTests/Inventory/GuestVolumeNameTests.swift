import NodeState
import Testing

@testable import Analysis

@Suite struct GuestVolumeNameTests {
  @Test(arguments: [
    ("vm-100-disk-0", 100, GuestVolumeName.Kind.disk), ("vm-100-disk-0.qcow2", 100, .disk),
    ("vm-1001-cloudinit", 1001, .disk), ("vm-100-state-before", 100, .disk),
    ("vm-100-anything", 100, .disk), ("base-900-disk-0", 900, .base),
    ("vm-100-fleece-0", 100, .fleecing),
    ("snap_vm-100-disk-0_before", 100, .snapshot(isChain: false)),
    ("snap_vm-100-disk-0_before.qcow2", 100, .snapshot(isChain: true)),
    ("del-vm-100-disk-0", 100, .wiping), ("del-snap_vm-100-disk-0_s.qcow2", 100, .wiping),
  ]) func `names that PVE gives are read`(name: String, guest: Int, kind: GuestVolumeName.Kind) {
    let read = GuestVolumeName(volume: name)
    #expect(read?.guest.number == guest)
    #expect(read?.kind == kind)
  }

  @Test(arguments: [
    "root", "swap", "data", "data_tdata", "osd-block-77aa", "vm-99-disk-0", "vm-100", "vm-100-",
    "vm-0100-disk-0", "svm-100-disk-0", "vm--100-disk-0", "del-root", "snap_root_before", "",
    "vm-1234567890-disk-0", "base-", "VM-100-disk-0",
  ]) func `names that PVE does not give are none`(name: String) {
    #expect(GuestVolumeName(volume: name) == nil)
  }

  @Test func `a name of a million prefixes is read without a stack for each`() {
    let name = String(repeating: "del-", count: 1_000_000) + "vm-100-disk-0"
    #expect(GuestVolumeName(volume: name)?.kind == .wiping)
  }

  @Test func `a snapshot of a longer name than LVM takes is none`() {
    #expect(GuestVolumeName.volumes(ofSnapshot: "snap_vm-100-disk-0_a_b").count == 2)
    let long = "snap_" + String(repeating: "_", count: 40_000)
    #expect(GuestVolumeName.volumes(ofSnapshot: long).isEmpty)
  }

  @Test func `a hand-made mapping's name is searched for a guest's`() {
    #expect(GuestVolumeName(within: "test--vm--999--disk--0")?.guest.number == 999)
    #expect(GuestVolumeName(within: "vm-999-x")?.guest.number == 999)
    #expect(GuestVolumeName(within: "x-base--900--disk--0")?.kind == .base)
    for name in ["svm-100-x", "test--vm--99--disk", "vm--", "vm-100", ""] {
      #expect(GuestVolumeName(within: name) == nil, "\(name)")
    }
  }

  @Test func `a snapshot's volume follows from the disk's and the snapshot's name`() {
    #expect(
      GuestVolumeName.snapshotVolume(of: "vm-1-disk-0", snapshot: "a") == "snap_vm-1-disk-0_a")
    #expect(
      GuestVolumeName.snapshotVolume(of: "vm-1-disk-0.qcow2", snapshot: "a")
        == "snap_vm-1-disk-0_a.qcow2")
  }
}

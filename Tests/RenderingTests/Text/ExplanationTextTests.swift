import Analysis
import BundleFormat
import NodeState
import Rendering
import SmallNode
import Testing

struct ExplanationTextTests {
  private func text(of subject: String, in node: SmallNode = .withGhost) throws -> String {
    let assessment = Assessment(of: NodeSnapshot(reading: node.bundle))
    let explanation = try #require(assessment.explanation(of: subject))
    return ExplanationText(explanation, of: assessment).text
  }

  @Test func `a leftover is explained from the first question to the undo`() throws {
    let ghost = "LVM-\(SmallNode.groupID)\(SmallNode.ghostID)"
    let text = try text(of: "ssd-vm--105--disk--0")
    #expect(
      text.hasPrefix(
        """
        Mapping ssd-vm--105--disk--0
          uuid     \(ghost)
          device   253:1, open count 0
          volume   ssd/vm-105-disk-0, storage ssd
          guest    105, absent

        Verdict: orphaned, ghost-mapping, warning: A leftover of a deleted volume
          LVM no longer has this volume (ssd read in full, 1 volume), it is not open, and no
          configuration of any node names it.
            dmsetup-info:2: ssd-vm--105--disk--0|\(ghost)|253|1|0|1|0|L--w
            vgs:2: {"vg_name":"ssd",
        """))
    for line in [
      "   1. no       guest-group-on-host (A guest's own volume group is active on the host): "
        + "it does not lie on a guest's disk",
      "   7. YES      Does LVM's metadata of its group prove anything? ssd read in full, 1 volume; "
        + "the uuid is not among them",
      "   8. no       ghost-in-use (The volume is deleted, and somebody still uses it): "
        + "it is not open",
      "  26. YES      ghost-mapping (A leftover of a deleted volume): this is the verdict",
      "No source is missing that could change this.",
      "Step: phase 2, asks first", "  dmsetup remove -u \(ghost)",
      "  openCount        0", "  noConfiguration  105",
      "  table            0 65536 linear 8:16 67584",
    ] {
      #expect(text.contains(line + "\n"), "\(line)\n\(text)")
    }
    #expect(
      text.hasSuffix(
        """
        Undone with:
          dmsetup create ssd-vm--105--disk--0 --uuid \(ghost) --table '0 65536 linear 8:16 67584'

        """))
  }

  @Test func `a lacking source is named with what it decides and how to look`() throws {
    var node = SmallNode.withGhost
    node.lacking = [.pveVmlist]
    let text = try text(of: "ssd-vm--105--disk--0", in: node)
    #expect(text.contains("unknown  Is everything known about guests, their disks and what runs?"))
    #expect(text.contains("What could change this once it is known:\n  pve-vmlist: "))
    #expect(text.contains("    needed for guests\n    look with  dmcollect\n"))
    #expect(text.contains("Step: none: nothing is offered for what is not known\n"))
  }

  @Test func `a guest's page has every disk with its mapping and verdict`() throws {
    var node = SmallNode()
    node.configurations["pve1/qemu-server/100.conf"] = """
      name: web
      scsi0: ssd:vm-100-disk-0,size=32M
      scsi1: ssd:vm-100-disk-7,size=1G
      efidisk0: zfs:vm-100-disk-1,size=4M
      args: -drive file=/dev/ssd/vm-100-extra

      """
    let text = try text(of: "100", in: node)
    #expect(
      text.hasPrefix(
        """
        Guest 100
          It runs here:
            qemu-processes:1: \(node.texts[.qemuProcesses]!.dropLast())

        Configuration nodes/pve1/qemu-server/100.conf: virtual machine web on pve1, running
          scsi0, line 2: ssd:vm-100-disk-0
            ssd-vm--100--disk--0: valid, running-disk, info: scsi0 of guest 100 on pve1 has it, \
        the guest runs here, and it is open.
          scsi1, line 3: ssd:vm-100-disk-7
            ssd-vm--100--disk--7: missing-volume, critical: scsi1 of guest 100 names \
        ssd:vm-100-disk-7, and the group ssd, read in full, has no such volume.
          efidisk0, line 4: zfs:vm-100-disk-1
            storage.cfg has no storage zfs
          line 5 mentions /dev/ssd/vm-100-extra, but not as a disk: args

        Mapping ssd-vm--100--disk--0

        """.dropLast()))
    #expect(text.hasSuffix(try self.text(of: "ssd-vm--100--disk--0", in: node)))
  }

  @Test func `a guest's page has the path and the step of each of its mappings, once`() throws {
    let text = try text(of: "105")
    #expect(
      text.hasPrefix(
        """
        Guest 105
          No node has a configuration of it.

        Mappings named after it that no disk line names:
          ssd-vm--105--disk--0: orphaned, ghost-mapping, warning: LVM no longer has this volume \
        (ssd read in full, 1 volume), it is not open, and no configuration of any node names it.

        Mapping ssd-vm--105--disk--0

        """.dropLast()))
    #expect(text.hasSuffix("\n\n" + (try self.text(of: "ssd-vm--105--disk--0"))))
  }

  @Test func `a volume's page has what LVM knows and who names it`() throws {
    let text = try text(of: "ssd:vm-100-disk-0")
    #expect(text.hasPrefix("Volume ssd/vm-100-disk-0\n  LVM has it: 33554432 bytes, "))
    #expect(
      text.contains(
        "  Named by:\n    guest-configs:2: pve1/qemu-server/100.conf: scsi0: "
          + "ssd:vm-100-disk-0,size=32M\n\nMapping ssd-vm--100--disk--0\n"))
  }

  @Test func `escape sequences of a bundle are shown, not acted upon`() throws {
    var node = SmallNode()
    node.configurations["pve1/qemu-server/100.conf"]! += "args: /dev/ssd/\u{1B}[31mx\u{202E}\n"
    node.configurations["pve1/qemu-server/100.conf"]! += "lock: \u{1B}c\n"
    let text = try text(of: "100", in: node)
    #expect(!text.unicodeScalars.contains("\u{1B}"))
    #expect(!text.unicodeScalars.contains("\u{202E}"))
  }
}

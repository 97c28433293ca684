import Analysis
import BundleFormat
import NodeState
import SmallNode
import Testing

@testable import Rendering

struct PictureTests {
  private func page(_ node: SmallNode) -> String {
    PageReader(ReportPage(Assessment(of: NodeSnapshot(reading: node.bundle))).bytes).text
  }

  /// Guest 100's mapping with another table.
  private func node(table: String) -> SmallNode {
    var node = SmallNode()
    node.texts[.dmsetupTable] = "ssd-vm--100--disk--0: \(table)\n"
    return node
  }

  @Test func `a stack says of each layer what is there and what is gone`() {
    #expect(
      page(.withGhost).contains(
        "slot: no configuration (not named); storage: ssd (lvm, shared); "
          + "volume: ssd/vm-105-disk-0 (gone from LVM); "
          + "mapping: 253:1 ssd-vm--105--disk--0 (not open); device: /dev/sdb (8:16)"))
  }

  @Test func `a stack ends where something is missing`() {
    var node = SmallNode()
    node.texts[.dmsetupInfo] = "No devices found\n"
    node.texts[.dmsetupTable] = "No devices found\n"
    node.texts[.qemuProcesses] = """
      {"pid":1052,"start":345,"id":"100","arg0":"/usr/bin/kvm",\
      "pidFile":"/run/qemu-server/100.pid","pidFileAgrees":true,"incoming":false,"paths":[]}

      """
    #expect(
      page(node).contains(
        "slot: scsi0 of guest 100; storage: ssd (lvm, shared); volume: ssd/vm-100-disk-0; "
          + "mapping: ssd-vm--100--disk--0 (none)"))
  }

  @Test func `a table of another length is drawn beside LVM's metadata`() {
    let page = page(node(table: "0 32768 linear 8:16 2048"))
    #expect(
      page.contains(
        "live table: sectors 2,048 to 34,816; LVM's metadata: sectors 2,048 to 67,584. "
          + "Marked: different, 32,768 sectors, 16 MiB."))
  }

  @Test func `a mark stands around each row's bar, and crosses no name`() throws {
    let node = node(table: "0 32768 linear 8:16 2048")
    let page = String(
      decoding: ReportPage(Assessment(of: NodeSnapshot(reading: node.bundle))).bytes, as: UTF8.self)
    let picture = try #require(
      page.split(separator: "<figure class=\"extents\">").dropFirst().first?
        .split(separator: "</figure>").first)
    let marks = picture.split(separator: "<rect class=\"mark\"").dropFirst()
    #expect(marks.count == 2)
    for (row, mark) in marks.enumerated() {
      #expect(mark.contains(" y=\"\(40 * row + 16)\""))
      #expect(mark.contains(" height=\"18\""))
    }
  }

  @Test func `a table that lies elsewhere differs in both places`() {
    let page = page(node(table: "0 65536 linear 8:16 34816"))
    #expect(page.contains("Marked: different, 65,536 sectors, 32 MiB."))
  }

  @Test func `a table that agrees needs no ruler, and one that can't be compared gets none`() {
    #expect(!page(SmallNode()).contains("Blocks of"))
    var node = node(table: "0 32768 linear 8:16 2048")
    node.lacking = [.pvs]
    #expect(!page(node).contains("Blocks of"))
  }

  @Test func `mappings that share blocks lie on one ruler`() {
    var node = SmallNode()
    node.texts[.dmsetupInfo]! += "copy|CRYPT-x|253|1|0|1|0|L--w\n"
    node.texts[.dmsetupTable]! += "copy: 0 8192 linear 8:16 4096\n"
    #expect(page(node).contains("Marked: shared, 8,192 sectors, 4 MiB."))
    #expect(page(node).contains("ssd-vm--100--disk--0, confirmed by LVM"))
  }

  @Test func `a gone volume's blocks show who has them now`() {
    #expect(page(.withGhost).contains("No living volume has these blocks now."))
    // The living volume isn't mapped: two live tables on the same blocks are drawn as such.
    var node = SmallNode.withGhost
    node.texts[.dmsetupInfo] =
      "ssd-vm--105--disk--0|LVM-\(SmallNode.groupID)\(SmallNode.ghostID)|253|1|0|1|0|L--w\n"
    node.texts[.dmsetupTable] = "ssd-vm--105--disk--0: 0 65536 linear 8:16 34816\n"
    let page = page(node)
    #expect(page.contains("ssd/vm-100-disk-0, alive: sectors 2,048 to 67,584"))
    #expect(page.contains("Marked: another volume's by now, 32,768 sectors, 16 MiB."))
  }

  @Test func `long names lose their middle`() {
    #expect("abcdefghij".fitted(to: 10) == "abcdefghij")
    #expect("abcdefghijk".fitted(to: 10) == "abcdef…ijk")
    #expect("abc".fitted(to: 1) == "abc")
  }

  @Test func `anchors are there once each, without blanks`() {
    var anchors = AnchorNames()
    #expect(anchors.add("ssd-vm--100--disk--0") == "ssd-vm--100--disk--0")
    #expect(anchors.add("ssd-vm--100--disk--0") == "ssd-vm--100--disk--0~2")
    #expect(anchors.add("findings") == "findings~2")
    #expect(anchors.add("source-lvs") == "source-lvs~2")
    #expect(anchors.add("a b\n\u{3000}c") == "a_b\\x0a_c")
    #expect(anchors.add("") == "unnamed")
  }
}

import BundleFormat
import Testing

@testable import NodeState

@Suite struct MetadataBackupTests {
  private func parse(_ capture: Capture) throws(ParseError) -> MetadataBackup {
    try MetadataBackup.parse(capture.bytes.span, from: capture.origin)
  }

  @Test func `a backup tells a group's volumes of its time`() throws {
    let capture = Capture("lvm-backup/thin-local")
    let backup = try parse(capture)
    #expect(backup.groupName == "pve")
    #expect(backup.sequenceNumber != nil && backup.createdAt != nil)
    let names = Set(backup.volumes.values.map(\.name))
    #expect(names.isSuperset(of: ["root", "swap", "data", "vm-100-disk-0"]))
    for (id, volume) in backup.volumes {
      #expect(capture.text(at: volume.location).contains("id = \"\(id.grouped)\""))
    }
  }

  @Test(arguments: ["lvm-backup/truncated", "lvm-backup/headings", "lvm-backup/foreign"])
  func `a backup cut short and another text are refused`(name: String) {
    #expect(refusal { () throws(ParseError) in _ = try parse(Capture(name)) } != nil)
  }

  @Test(arguments: ["", "}\n", "vg {\n}\n", "vg {\nid = \"short\"\n}\n"])
  func `what names no group is refused`(text: String) {
    #expect(refusal { () throws(ParseError) in _ = try parse(Capture(text: text)) } != nil)
  }
}

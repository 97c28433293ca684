import BundleFormat
import Testing

@testable import NodeState

/// What is read by a known form says what JSON's grammar says, and is nothing that the grammar refuses.
@Suite struct KnownFormTests {
  /// Calls the body with the text as it is and with each of its bytes changed to others.
  private func changing(_ text: String, _ body: ([UInt8]) -> Void) {
    let bytes = Array(text.utf8)
    body(bytes)
    for position in bytes.indices {
      for byte in Array("0\",}\n".utf8) + [0x80] {
        var changed = bytes
        changed[position] = byte
        body(changed)
      }
    }
  }

  /// The same lines with a blank in front, which no probe writes: only JSON's grammar takes them.
  private func asJSON(_ bytes: [UInt8]) -> [UInt8] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { $0.isEmpty ? [] : [UInt8(ascii: " ")] + $0 }
      .joined(separator: [UInt8(ascii: "\n")]).map { $0 }
  }

  private func quoted(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private func origin() -> EntryOrigin { EntryOrigin(entry: 0, path: "test") }

  @Test func `users of devices are the same by their form and by JSON`() {
    let text = """
      {"device":"253:4","kind":"fd","pid":12,"detail":"kvm"}
      {"device":"253:1","kind":"mount","pid":0,"detail":"/mnt"}

      """
    func words(_ bytes: [UInt8]) -> [String]? {
      try? DeviceUser.parse(bytes, from: origin()).map {
        "\($0.device) \($0.kind) \($0.pid) \($0.detail) \($0.location.line)"
      }
    }
    changing(text) { #expect(words($0) == words(asJSON($0)), "\(quoted($0))") }
  }

  @Test func `the kernel's mappings are the same by their form and by JSON`() {
    let text = """
      {"kernelName":"dm-0","device":"253:0","name":"a","uuid":"u","suspended":0,"sizeSectors":8,\
      "readOnly":0,"slaves":["8:3","8:4"],"holders":["253:1"]}
      {"kernelName":"dm-1","device":"253:1","name":"b","uuid":"","suspended":1,"sizeSectors":16,\
      "readOnly":1,"slaves":[],"holders":[]}

      """
    func words(_ bytes: [UInt8]) -> [String]? {
      try? KernelMappingList(bytes, from: origin()).mappings(selecting: nil).map {
        "\($0.name) \($0.device) \($0.holders) \($0.location.line)"
      }
    }
    changing(text) { #expect(words($0) == words(asJSON($0)), "\(quoted($0))") }
  }

  @Test func `processes are the same by their form and by JSON`() {
    let text = """
      {"pid":12,"start":345,"id":"100","arg0":"kvm","pidFile":"/run/100.pid",\
      "pidFileAgrees":true,"incoming":false,"paths":["/dev/a/b","/dev/kvm"]}

      """
    func words(_ bytes: [UInt8]) -> [String]? {
      try? MachineProcess.parse(bytes, from: origin()).map {
        "\($0.id?.number ?? 0) \($0.pid) \($0.hasAgreeingPIDFile) \($0.isIncoming) \($0.paths)"
      }
    }
    changing(text) { #expect(words($0) == words(asJSON($0)), "\(quoted($0))") }
  }

  @Test func `links are the same by their form and by JSON`() {
    let text = """
      {"path":"/dev/disk/by-id/x","device":"8:16"}
      {"path":"/dev/mapper/y","device":"253:0"}

      """
    func words(_ bytes: [UInt8]) -> [String: DeviceNumber]? {
      try? DeviceLinks.parse(bytes, from: origin())
    }
    changing(text) { #expect(words($0) == words(asJSON($0)), "\(quoted($0))") }
  }

  @Test func `the guest list is the same by its layout and by JSON`() {
    let text = """
      {
      "version": 7,
      "ids": {
      "100": { "node": "pve1", "type": "qemu", "version": 5 },
      "110": { "node": "pve2", "type": "lxc", "version": 6 }}

      }

      """
    #expect(GuestList.guests(laidOut: text.utf8.span)?.count == 2)
    func words(_ bytes: [UInt8]) -> [GuestList.Entry]? {
      try? GuestList.parse(bytes, from: origin()).guests
    }
    changing(text) {
      #expect(words($0) == words([UInt8(ascii: " ")] + $0), "\(quoted($0))")
    }
  }

  @Test func `lsblk's devices are the same by its layout and by JSON`() {
    let text = """
      {
         "blockdevices": [
            {
               "maj:min": "8:0",
               "ro": false,
               "tran": "sata",
               "children": [
                  {
                     "maj:min": "253:0",
                     "ro": false,
                     "tran": null
                  },{
                     "maj:min": "253:1",
                     "ro": false,
                     "tran": null
                  }
               ]
            },{
               "maj:min": "8:0",
               "ro": true,
               "tran": "sas"
            }
         ]
      }

      """
    #expect(DeviceTreeLines.devices(of: text.utf8.span)?.count == 4)
    func words(_ bytes: [UInt8]) -> [DeviceNumber: String]? {
      try? DiskTransports.parse(bytes, from: origin())
    }
    changing(text) {
      guard DeviceTreeLines.devices(of: $0.span) != nil else { return }
      #expect(words($0) == words([UInt8(ascii: "\n")] + $0), "\(quoted($0))")
    }
  }

  @Test func `rows of a report are the same by the row before and by JSON`() {
    let rows = [
      ("vm-1", "a", "64", "x"), ("vm-10", "b", "64", ""), ("vm-10", "c", "128", ""),
      ("vm-10", "d", "128", "y"),
    ].map { name, id, size, tag in
      "{\"vg_name\":\"pve\", \"vg_uuid\":\"onzWOw-uCoU-J2IC-hSWD-69SN-BQSA-58VkxO\", "
        + "\"lv_name\":\"\(name)\", \"lv_uuid\":\"mGOdWl-EC4V-QjtI-Laoa-CBR5-yqxG-3K0d9\(id)\", "
        + "\"lv_attr\":\"-wi\", \"lv_size\":\"\(size)\", \"lv_dm_path\":\"/dev/mapper/pve-\(name)\", "
        + "\"lv_tags\":\"\(tag)\", \"segtype\":\"linear\", \"seg_pe_ranges\":\"/dev/sdb:0-3\"}"
    }
    let text = "{\"report\":[{\"lv\":[\n\(rows.joined(separator: ",\n"))\n]}]}"
    func words(_ bytes: [UInt8]) -> [String]? {
      try? LogicalVolume.parse(bytes, from: origin()).map {
        "\($0.groupName) \($0.groupID) \($0.name) \($0.id) \($0.attributes) \($0.sizeBytes) "
          + "\($0.mappingName) \($0.tags) \($0.segments)"
      }
    }
    changing(text) { bytes in
      // A row on several lines is read by the grammar alone.
      var apart: [UInt8] = []
      for (position, byte) in bytes.enumerated() {
        apart.append(byte)
        let isRow = position + 2 < bytes.count && bytes[position + 2] == UInt8(ascii: "v")
        if byte == UInt8(ascii: "{"), isRow { apart.append(UInt8(ascii: "\n")) }
      }
      #expect(words(bytes) == words(apart), "\(quoted(bytes))")
    }
  }
}

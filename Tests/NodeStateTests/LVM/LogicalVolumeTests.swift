import BundleFormat
import Testing

@testable import NodeState

@Suite struct LogicalVolumeTests {
  private func volumes(_ capture: Capture) throws(ParseError) -> [LogicalVolume] {
    try LogicalVolume.parse(capture.bytes, from: capture.origin)
  }

  /// A report of rows with what identifies a volume, and more fields of one's own.
  private func report(_ rows: [String], tail: String = "") -> Capture {
    Capture(text: "{\"report\":[{\"lv\":[\n\(rows.joined(separator: ",\n"))\n]}]\(tail)}")
  }

  private func row(
    _ name: String, id: Character = "a", size: String = "64", _ more: String = ""
  ) -> String {
    let group = "onzWOw-uCoU-J2IC-hSWD-69SN-BQSA-58VkxO"
    let volume = "mGOdWl-EC4V-QjtI-Laoa-CBR5-yqxG-3K0d9\(id)"
    return "{\"vg_name\":\"pve\", \"vg_uuid\":\"\(group)\", \"lv_name\":\"\(name)\", "
      + "\"lv_uuid\":\"\(volume)\", \"lv_attr\":\"-wi-XX----\", \"lv_size\":\"\(size)\", "
      + "\"lv_dm_path\":\"/dev/mapper/pve-\(name)\"\(more)}"
  }

  @Test func `thin volumes, pools and internal layers are read`() throws {
    let capture = Capture("lvs/thin-local")
    let volumes = try volumes(capture)
    #expect(volumes.count == 16)
    #expect(Set(volumes.filter { !$0.isInternal }.map(\.name)).count == 13)
    let base = try #require(volumes.first { $0.name == "base-9000-disk-0" })
    #expect(base.groupName == "pve" && base.sizeBytes == 67_108_864)
    #expect(base.mappingName == "pve-base--9000--disk--0")
    #expect(base.attributes == "Vri-XXtz-k" && base.skipsActivation)
    #expect(base.hasAutoactivation == false)
    #expect(base.poolName == "data" && base.segments[0].thinID == 9)
    #expect(base.createdAt == Timestamp("2026-11-22T20:03:16Z") && base.creationHost == "pve1")
    #expect(capture.text(at: base.location).hasPrefix("{\"vg_name\":\"pve\""))
    #expect(base.location.line == 5)
    let data = try #require(volumes.first { $0.name == "data_tdata" })
    #expect(data.isInternal && data.hasAutoactivation == true)
    #expect(
      data.segments[0].ranges == [
        .init(device: "/dev/ubdd", firstExtent: 96, lastExtent: 351)
      ])
    #expect(volumes.first { $0.name == "data" }?.transactionID == 10)
  }

  @Test func `a report with LVM's log behind it says the same`() throws {
    let volumes = try volumes(Capture("lvs/thin-local-2.03.31"))
    #expect(volumes.count == 16)
    #expect(volumes[0].groupID == LVMID("d3Bc4V-PBiw-6otW-meHy-CeBy-T3M7-1IFJjQ"))
  }

  @Test func `rows of one volume are its segments`() throws {
    let volumes = try volumes(Capture("lvs/shared-thick"))
    let grown = try #require(volumes.first { $0.name == "vm-107-disk-0" })
    #expect(grown.sizeBytes == 50_331_648)
    #expect(grown.segments.map(\.startExtent) == [0, 8])
    #expect(grown.segments.map(\.extentCount) == [8, 4])
    #expect(grown.segments[1].ranges[0].firstExtent == 84)
    #expect(grown.tags == ["pve-vm-107"])
    #expect(Set(volumes.map(\.identity)).count == volumes.count)
  }

  @Test func `a row that stands twice changes nothing`() throws {
    let segment = ", \"segtype\":\"linear\", \"seg_start_pe\":\"0\", \"seg_size_pe\":\"1\""
    let volumes = try volumes(report([row("a", segment), row("b", id: "b"), row("a", segment)]))
    #expect(volumes.map(\.name) == ["a", "b"])
    #expect(volumes[0].segments.count == 1)
  }

  @Test func `rows that contradict each other make the report unusable`() {
    let one = ", \"segtype\":\"linear\", \"seg_start_pe\":\"0\", \"seg_pe_ranges\":\"/dev/sdb:0-3\""
    let other =
      ", \"segtype\":\"linear\", \"seg_start_pe\":\"0\", \"seg_pe_ranges\":\"/dev/sdb:4-7\""
    for rows in [
      [row("a"), row("c")], [row("a"), row("a", size: "128")], [row("a", one), row("a", other)],
    ] {
      let refused = refusal { () throws(ParseError) in _ = try volumes(report(rows)) }
      #expect(refused?.hasPrefix("test:3: expected what an earlier row says") == true)
    }
  }

  @Test func `a report without volumes has none`() throws {
    #expect(try volumes(report([])).isEmpty)
    #expect(try volumes(report([], tail: ",\"log\": [ {\"a\": [1]} ]\n")).isEmpty)
  }

  @Test func `a report that breaks off anywhere is refused`() {
    let whole = report([row("a"), row("b", id: "b"), row("c", id: "c")])
    for count in 0..<whole.bytes.count {
      let cut = Capture(bytes: Array(whole.bytes[..<count]))
      #expect(refusal { () throws(ParseError) in _ = try volumes(cut) } != nil, "\(count) bytes")
    }
    #expect(
      refusal { () throws(ParseError) in _ = try volumes(Capture("lvs/truncated")) } != nil)
  }

  @Test func `other output and another report are refused`() {
    for name in ["lvs/foreign", "vgs/thin-local", "dmsetup-info/thin-local"] {
      #expect(refusal { () throws(ParseError) in _ = try volumes(Capture(name)) } != nil)
    }
    let trailing = Capture(bytes: report([row("a")]).bytes + Array("{}".utf8))
    #expect(
      refusal { () throws(ParseError) in _ = try volumes(trailing) }?.contains("the end") == true)
  }

  @Test func `a volume without identity is refused with its line`() {
    let rows = [row("a"), row("b", id: "b").replacing("mGOdWl-", with: "mGOdWl_")]
    #expect(
      refusal { () throws(ParseError) in _ = try volumes(report(rows)) }?
        .hasPrefix("test:3: expected a volume's uuid, found \"mGOdWl_") == true)
    #expect(
      refusal { () throws(ParseError) in
        _ = try volumes(report([row("a").replacing("\"lv_size\":\"64\", ", with: "")]))
      } != nil)
  }

  @Test func `escapes are decoded, and rows after them are still read`() throws {
    let odd = ", \"seg_pe_ranges\":\"/dev/mapper/a\\\\x20b:0-3\", \"segtype\":\"linear\""
    let plain = ", \"seg_pe_ranges\":\"/dev/sdc:0-3\", \"segtype\":\"linear\""
    let volumes = try volumes(
      report([row("a", plain), row("b", id: "b", odd), row("c", id: "c", plain)]))
    #expect(
      volumes.map { $0.segments[0].ranges[0].device } == [
        "/dev/sdc", #"/dev/mapper/a\x20b"#, "/dev/sdc",
      ])
    #expect(volumes.map { Int($0.location.line) } == [2, 3, 4])
    #expect(volumes[1].segments[0].type == "linear")
  }

  @Test func `a field that this LVM doesn't know is nil, an empty one is off`() throws {
    #expect(try volumes(report([row("a")]))[0].hasAutoactivation == nil)
    #expect(
      try volumes(report([row("a", ", \"lv_autoactivation\":\"\"")]))[0].hasAutoactivation == false)
  }
}

@Suite struct VolumeGroupTests {
  private func groups(_ capture: Capture) throws(ParseError) -> [VolumeGroup] {
    try VolumeGroup.parse(capture.bytes, from: capture.origin)
  }

  @Test func `a group says what it is trusted by`() throws {
    let group = try groups(Capture("vgs/thin-local"))[0]
    #expect(group.name == "pve" && group.extentSizeBytes == 4_194_304)
    #expect(group.volumeCount == 13 && group.missingPhysicalVolumeCount == 0)
    #expect(!group.isPartial && !group.isExported && group.systemID.isEmpty)
    #expect(group.sequenceNumber == 38 && group.location.line == 5)
    let shared = try groups(Capture("vgs/shared-thick-2.03.31"))
    #expect(shared.map(\.name) == ["ssd-ha01"] && shared[0].volumeCount == 11)
  }

  @Test func `an exported and a partial group are told by LVM's words`() throws {
    let text = String(decoding: Capture("vgs/thin-local").bytes, as: UTF8.self)
      .replacing("\"vg_partial\":\"\"", with: "\"vg_partial\":\"partial\"")
      .replacing("\"vg_exported\":\"\"", with: "\"vg_exported\":\"exported\"")
    let group = try groups(Capture(text: text))[0]
    #expect(group.isPartial && group.isExported)
  }

  @Test func `broken and foreign reports, and a group twice, are refused`() {
    for name in ["vgs/truncated", "vgs/foreign", "qm-list/thin-local"] {
      #expect(refusal { () throws(ParseError) in _ = try groups(Capture(name)) } != nil, "\(name)")
    }
    #expect(refusal { () throws(ParseError) in _ = try groups(Capture(text: "")) } != nil)
    let whole = String(decoding: Capture("vgs/thin-local").bytes, as: UTF8.self)
    let row = whole.split(separator: "\n")[4]
    let twice = whole.replacing(row, with: "\(row),\n\(row)")
    #expect(
      refusal { () throws(ParseError) in _ = try groups(Capture(text: twice)) }?
        .contains("each group once") == true)
  }
}

@Suite struct PhysicalVolumeTests {
  private func volumes(_ capture: Capture) throws(ParseError) -> [PhysicalVolume] {
    try PhysicalVolume.parse(capture.bytes, from: capture.origin)
  }

  @Test func `a physical volume knows its device and group`() throws {
    let volume = try volumes(Capture("pvs/thin-local"))[0]
    #expect(volume.name == "/dev/ubdd" && volume.groupName == "pve")
    #expect(volume.device == DeviceNumber(major: 98, minor: 48))
    #expect(volume.dataStartBytes == 1_048_576 && !volume.isMissing && !volume.isDuplicate)
    #expect(try volumes(Capture("pvs/shared-thick-2.03.31")).count == 1)
  }

  @Test func `devices that are no physical volumes are left out`() throws {
    #expect(try volumes(Capture("pvs/all-devices")).map(\.name) == ["/dev/ubdd"])
  }

  @Test func `a missing one has no device`() throws {
    let text = String(decoding: Capture("pvs/thin-local").bytes, as: UTF8.self)
      .replacing("/dev/ubdd", with: "[unknown]")
      .replacing("\"pv_missing\":\"\"", with: "\"pv_missing\":\"missing\"")
      .replacing("\"pv_major\":\"98\"", with: "\"pv_major\":\"-1\"")
    let volume = try volumes(Capture(text: text))[0]
    #expect(volume.isMissing && volume.device == nil && volume.name == "[unknown]")
  }

  @Test func `broken and foreign reports are refused`() {
    for name in ["pvs/truncated", "lvs/thin-local", "pct-list/thin-local"] {
      #expect(refusal { () throws(ParseError) in _ = try volumes(Capture(name)) } != nil, "\(name)")
    }
    #expect(refusal { () throws(ParseError) in _ = try volumes(Capture(text: "{}")) } != nil)
  }
}

@Suite struct LVMSettingsTests {
  private func settings(
    _ capture: Capture, _ argv: [String]? = nil
  ) throws(ParseError) -> [String: String] {
    try LVMSettings.parse(capture.bytes.span, argv: argv, from: capture.origin)
  }

  @Test func `bare names get their section from the command line`() throws {
    let argv = [
      "lvmconfig", "--type", "full", "devices/filter", "devices/scan_lvs",
      "global/event_activation",
    ]
    let settings = try settings(Capture("lvmconfig/some"), argv)
    #expect(settings["devices/filter"] == #"["a|.*|"]"#)
    #expect(settings["devices/scan_lvs"] == "0")
    #expect(settings["global/event_activation"] == "1")
  }

  @Test func `the whole configuration has sections of its own`() throws {
    let settings = try settings(Capture("lvmconfig/full"))
    #expect(settings["devices/scan_lvs"] == "0")
    #expect(settings["global/event_activation"] == "1")
    #expect(settings["devices/filter"] == #"["a|.*|"]"#)
  }

  @Test func `nothing set is no setting, and prose is refused`() throws {
    #expect(try settings(Capture(text: "")).isEmpty)
    #expect(
      refusal { () throws(ParseError) in
        _ = try settings(Capture("qm-list/thin-local"))
      } != nil)
  }

  @Test func `what LVM says on standard error is kept by the line`() {
    let warnings = LVMWarning.parse(Capture("lvm-stderr/resized").bytes.span)
    #expect(
      warnings.map(\.text) == [
        "WARNING: Cannot find matching striped segment for ssd-ha01/vm-107-disk-0."
      ])
    #expect(LVMWarning.parse(Capture(text: "\n  \n").bytes.span).isEmpty)
  }

  @Test func `both forms of an id are equal, and print back`() {
    let grouped = "onzWOw-uCoU-J2IC-hSWD-69SN-BQSA-58VkxO"
    let id = LVMID(grouped)
    #expect(id != nil && id?.grouped == grouped)
    #expect(id == LVMID("onzWOwuCoUJ2IChSWD69SNBQSA58VkxO"))
    let bytes = Array(grouped.utf8)
    #expect(LVMID(bytes.span, 0..<bytes.count) == id)
    let plain = Array("onzWOwuCoUJ2IChSWD69SNBQSA58VkxO".utf8)
    #expect(LVMID(plain.span, 0..<plain.count) == id)
    let odd = Array("onzWOw_uCoU-J2IC-hSWD-69SN-BQSA-58VkxO".utf8)
    #expect(LVMID(odd.span, 0..<odd.count) == nil)
  }
}

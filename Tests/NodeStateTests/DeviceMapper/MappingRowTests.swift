import Testing

@testable import NodeState

@Suite struct MappingRowTests {
  private func rows(_ capture: Capture, argv: [String]? = nil) throws(ParseError) -> [MappingRow] {
    try MappingRow.parse(
      capture.bytes.span, columns: MappingColumns(argv: argv), from: capture.origin)
  }

  @Test func `every line of the list is a mapping`() throws {
    let capture = Capture("dmsetup-info/thin-local")
    let rows = try rows(capture)
    #expect(rows.count == 14)
    let disk = try #require(rows.first { $0.name == "pve-vm--100--disk--0" })
    #expect(disk.device == DeviceNumber(major: 254, minor: 6))
    #expect(disk.openCount == 1)
    #expect(disk.segmentCount == 1)
    #expect(
      disk.attributes
        == .init(
          hasLiveTable: true, hasInactiveTable: false, isSuspended: false, isReadOnly: false))
    #expect(disk.uuid?.publicVolume?.group == LVMID("onzWOw-uCoU-J2IC-hSWD-69SN-BQSA-58VkxO"))
    #expect(disk.location.line == 8)
    #expect(capture.text(at: disk.location).hasPrefix("pve-vm--100--disk--0|LVM-"))
    #expect(rows[0].attributes.isReadOnly)
    let tpool = try #require(rows.first { $0.name == "pve-data-tpool" }?.uuid)
    guard case .volume(_, layer: "tpool") = tpool.origin else {
      Issue.record("\(tpool.origin)")
      return
    }
  }

  @Test func `mappings without uuid, partitions and suspended ones are told apart`() throws {
    let rows = try rows(Capture("dmsetup-info/shared-thick"))
    #expect(rows.count == 13)
    #expect(rows.first { $0.name == "ssd--ha01-vm--102--disk--0--dup" }?.uuid == nil)
    let child = rows.first { $0.name == "ssd--ha01-vm--102--disk--0p1" }?.uuid?.origin
    guard case .partition(number: 1, let parent)? = child else {
      Issue.record("\(String(describing: child))")
      return
    }
    #expect(parent.hasPrefix("LVM-"))
    #expect(rows.first { $0.name == "ssd--ha01-vm--109--disk--0" }?.attributes.isSuspended == true)
  }

  @Test func `names that hold anything at all come mangled, one a line`() throws {
    let rows = try rows(Capture("dmsetup-info/hostile"))
    #expect(rows.count == 31)
    #expect(rows.contains { $0.name == #"a\x7cb"# })
    #expect(rows.contains { $0.name == #"Nreal\x0aevil:\x200\x208\x20linear\x2098:0\x200"# })
    #expect(rows.contains { $0.name == #"Nbad\xff"# })
    #expect(rows.contains { $0.name == #"No\x20devices\x20found"# })
    #expect(rows.first { $0.name == "inact" }?.attributes.hasInactiveTable == true)
    #expect(rows.first { $0.name == "twotargets" }?.segmentCount == 2)
  }

  @Test func `no devices is a list of none, and no text is no list`() throws {
    #expect(try rows(Capture("dmsetup-info/no-devices")).isEmpty)
    #expect(
      refusal { () throws(ParseError) in _ = try rows(Capture(text: "")) }
        == "test:1: expected mappings or \"No devices found\", found nothing")
  }

  @Test func `a list that breaks off is refused whole`() {
    let refused = refusal { () throws(ParseError) in
      _ = try rows(Capture("dmsetup-info/truncated"))
    }
    #expect(refused == "dmsetup-info/truncated.txt:7: the last line is cut short")
  }

  @Test func `another listing is refused at its first line`() {
    let refused = refusal { () throws(ParseError) in
      _ = try rows(Capture("dmsetup-info/foreign"))
    }
    #expect(refused?.hasPrefix("dmsetup-info/foreign.txt:1: expected") == true)
  }

  @Test func `a device number with another sign in it is quoted with its line`() {
    let text = "a||253|0|0|1|0|L--w\nb||253;7|7|0|1|0|L--w\n"
    #expect(
      refusal { () throws(ParseError) in
        _ = try rows(Capture(text: text, path: "commands/dmsetup-info.out"))
      } == #"commands/dmsetup-info.out:2: expected a device number, found "253;7|7""#)
  }

  @Test func `columns and separator are taken from the command line`() throws {
    let argv = [
      "dmsetup", "info", "-c", "--separator", ";", "-o", "attr,minor,major,open,segments,uuid,name",
    ]
    let row = try rows(Capture(text: "L-sr;7;253;2;1;;x y\n"), argv: argv)[0]
    #expect(row.name == #"x\x20y"#)
    #expect(row.device.description == "253:7")
    #expect(row.openCount == 2)
    #expect(row.attributes.isSuspended && row.attributes.isReadOnly)
  }

  @Test(arguments: [
    "a||253|0|0|1|0|L--w\na||253|1|0|1|0|L--w\n",  // one name twice
    "a b||253|0|0|1|0|L--w\n",  // a byte that would be mangled
    "|u|253|0|0|1|0|L--w\n",  // no name
    "a||253|0|-1|1|0|L--w\n", "a||253|0|0|x|0|L--w\n", "a||253|0|0|1|0|LSsw\n",
    "a||253|0|0|1|0\n", "a||253|0|0|1|0|L--w|more\n", "a||99999|0|0|1|0|L--w\n",
    #"a\x2||253|0|0|1|0|L--w"# + "\n", "\n",
    String(repeating: "a", count: 128) + "||253|0|0|1|0|L--w\n",  // a byte too long for the kernel
  ])
  func `one bad line makes the list unusable`(text: String) {
    #expect(refusal { () throws(ParseError) in _ = try rows(Capture(text: text)) } != nil)
  }

  @Test func `a name may be as long as the kernel takes it, mangled it is longer`() throws {
    for byte in ["a", #"\x20"#] {
      let name = String(repeating: byte, count: 127)
      #expect(try rows(Capture(text: "\(name)||253|0|0|1|0|L--w\n")).map(\.name) == [name])
    }
  }

  @Test func `without a needed column nothing is read`() {
    let argv = ["dmsetup", "info", "-c", "-o", "mangled_name,mangled_uuid"]
    #expect(
      refusal { () throws(ParseError) in _ = try rows(Capture(text: "a|u\n"), argv: argv) } != nil)
  }
}

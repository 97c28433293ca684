import BundleFormat
import Testing

@testable import NodeState

@Suite struct MappingTablesTests {
  private func tables(
    info: Capture, table: Capture
  ) throws(ParseError) -> [String: Observed<[Target]>] {
    let rows = try MappingRow.parse(
      info.bytes.span, columns: MappingColumns(argv: nil), from: info.origin)
    let tables = try MappingTables.parse(table.bytes.span, of: rows, from: table.origin)
    return Dictionary(
      zip(rows.map(\.name), tables), uniquingKeysWith: { first, _ in first })
  }

  private func kind(_ arguments: String) -> Target.Kind? {
    let capture = Capture(text: "0 8 \(arguments)")
    return try? Target.parse(
      capture.bytes.span, 0..<capture.bytes.count, line: 1,
      location: capture.origin.location(1, 0..<0), from: capture.origin
    ).kind
  }

  @Test func `each mapping gets its targets`() throws {
    let table = Capture("dmsetup-table/thin-local")
    let tables = try tables(info: Capture("dmsetup-info/thin-local"), table: table)
    let disk = try #require(tables["pve-vm--100--disk--0"]?.value)
    #expect(
      disk.map(\.kind) == [
        .thin(pool: DeviceNumber(major: 254, minor: 4), id: 1, externalOrigin: nil)
      ])
    #expect(disk[0].sectorCount == 131_072)
    #expect(table.text(at: disk[0].location) == "pve-vm--100--disk--0: 0 131072 thin 254:4 1")
    #expect(
      tables["pve-data-tpool"]?.value?[0].kind
        == .thinPool(
          metadata: DeviceNumber(major: 254, minor: 2), data: DeviceNumber(major: 254, minor: 3)))
    #expect(
      tables["pve-root"]?.value?[0].kind
        == .linear(.init(device: DeviceNumber(major: 98, minor: 48), startSector: 264_192)))
    #expect(tables.values.allSatisfy { $0.value != nil })
  }

  @Test func `forged and raw names make tables unavailable, never wrong`() throws {
    let tables = try tables(
      info: Capture("dmsetup-info/hostile"), table: Capture("dmsetup-table/hostile"))
    #expect(tables[#"a\x7cb"#]?.value?.count == 1)
    #expect(tables["twotargets"]?.value?.map(\.kind) == [.zero, .error])
    #expect(tables["notable"]?.value == [])
    #expect(tables["inact"]?.value == [])
    for name in [
      #"N\x20plain"#, #"Na\x7cb"#, #"Nbad\xff"#,
      #"Nreal\x0aevil:\x200\x208\x20linear\x2098:0\x200"#,
    ] {
      #expect(tables[name]?.gap != nil, "\(name)")
    }
  }

  @Test func `a line forged under a living mapping's name takes its table away`() throws {
    let info = Capture(
      text: """
        evil||253|9|0|1|0|L--w
        x\\x0aevil:\\x200\\x208\\x20linear\\x2098:0\\x200||253|8|0|1|0|L--w

        """)
    let table = Capture(
      text: """
        evil: 0 8 linear 8:16 2048
        x
        evil: 0 8 linear 98:0 0: 0 8 zero\u{20}

        """)
    let tables = try tables(info: info, table: table)
    #expect(tables["evil"]?.gap != nil)
  }

  @Test func `a name is what stands before the first colon and blank`() throws {
    let info = Capture(text: "a:||253|0|0|1|0|L--w\na:b||253|1|0|1|0|L--w\n")
    let tables = try tables(info: info, table: Capture(text: "a:: 0 8 zero \na:b: 0 8 error \n"))
    #expect(tables["a:"]?.value?.map(\.kind) == [.zero])
    #expect(tables["a:b"]?.value?.map(\.kind) == [.error])
  }

  @Test func `a table that breaks off or is empty is refused whole`() {
    let info = Capture("dmsetup-info/thin-local")
    for table in [Capture("dmsetup-table/truncated"), Capture(text: "")] {
      #expect(
        refusal { () throws(ParseError) in _ = try tables(info: info, table: table) } != nil)
    }
  }

  @Test func `the status list is no table`() throws {
    let tables = try tables(
      info: Capture("dmsetup-info/thin-local"), table: Capture("dmsetup-table/foreign"))
    #expect(tables.values.allSatisfy { $0.value == nil })
    let gap = try #require(tables["pve-root"]?.gap)
    #expect(gap.source == .dmsetupTable)
    #expect(gap.reason.hasPrefix("dmsetup-table/foreign.txt:5: expected a target's arguments"))
  }

  @Test func `fewer or more lines than targets leave a gap that says so`() throws {
    let info = Capture(text: "a||253|0|0|2|0|L--w\nb||253|1|0|0|0|---w\nc||253|2|0|1|0|L--w\n")
    let tables = try tables(
      info: info, table: Capture(text: "a: 0 8 zero \nb: 0 8 zero \n"))
    #expect(tables["a"]?.gap?.reason == "a has 1 of 2 targets")
    #expect(tables["b"]?.gap != nil)
    #expect(tables["c"]?.gap != nil)
  }

  @Test func `targets that leave a hole are none of the kernel's`() throws {
    let info = Capture(text: "a||253|0|0|2|0|L--w\n")
    let tables = try tables(info: info, table: Capture(text: "a: 0 8 zero \na: 16 8 zero \n"))
    #expect(tables["a"]?.gap != nil)
  }

  @Test func `known types take exactly their arguments`() {
    let disk = DeviceNumber(major: 8, minor: 16)
    #expect(kind("linear 8:16 0") == .linear(.init(device: disk, startSector: 0)))
    #expect(kind("linear 8:16 0 more") == nil)
    #expect(kind("linear 8:16") == nil)
    #expect(kind("linear /dev/sdb 0") == nil)
    #expect(
      kind("striped 2 128 8:16 0 8:32 64")
        == .striped(
          chunkSectors: 128,
          [
            .init(device: disk, startSector: 0),
            .init(device: DeviceNumber(major: 8, minor: 32), startSector: 64),
          ]))
    #expect(kind("striped 3 128 8:16 0 8:32 64") == nil)
    #expect(kind("striped 9999999999999 128 8:16 0") == nil)
    #expect(kind("striped 0 128") == nil)
    #expect(
      kind("thin 253:4 7 8:16")
        == .thin(
          pool: DeviceNumber(major: 253, minor: 4), id: 7, externalOrigin: disk))
    #expect(kind("thin 253:4 x") == nil)
    #expect(
      kind("thin-pool 8:16 253:4 128 0 1 skip_block_zeroing")
        == .thinPool(metadata: disk, data: DeviceNumber(major: 253, minor: 4)))
    #expect(kind("thin-pool 8:16 253:4 128 0 2 skip_block_zeroing") == nil)
    #expect(kind("error") == .error)
    #expect(kind("error 1") == nil)
    #expect(kind("zero 8:16") == nil)
    #expect(
      kind("crypt aes 000 0 8:16 4096")
        == .other(type: "crypt", devices: [disk]))
    #expect(kind("") == nil)
  }
}

@Suite struct MappingDependenciesTests {
  private func dependencies(
    _ info: Capture, _ deps: Capture
  ) throws(ParseError) -> [String: [DeviceNumber]?] {
    let rows = try MappingRow.parse(
      info.bytes.span, columns: MappingColumns(argv: nil), from: info.origin)
    let lists = try MappingDependencies.parse(deps.bytes.span, of: rows, from: deps.origin)
    return Dictionary(zip(rows.map(\.name), lists), uniquingKeysWith: { first, _ in first })
  }

  @Test func `the kernel's dependencies are read`() throws {
    let lists = try dependencies(
      Capture("dmsetup-info/thin-local"), Capture("dmsetup-deps/thin-local"))
    #expect(lists["pve-data-tpool"]??.count == 2)
    #expect(lists["pve-root"] == [DeviceNumber(major: 98, minor: 48)])
  }

  @Test func `names for numbers, and hostile names, give no word`() throws {
    let named = try dependencies(
      Capture("dmsetup-info/thin-local"), Capture("dmsetup-deps/by-name"))
    #expect(named["pve-root"] == .some(nil))
    let hostile = try dependencies(
      Capture("dmsetup-info/hostile"), Capture("dmsetup-deps/hostile"))
    #expect(hostile[#"base\x20one"#] == [DeviceNumber(major: 98, minor: 48)])
    #expect(hostile["plain"] == .some([]))
    #expect(hostile[#"N\x20plain"#] == .some(nil))
  }

  @Test func `a line that stands twice counts for nothing`() throws {
    let lists = try dependencies(
      Capture(text: "a||253|0|0|1|0|L--w\n"),
      Capture(text: "a: 0 dependencies\t:\na: 1 dependencies\t: (8, 16)\n"))
    #expect(lists["a"] == .some(nil))
  }

  @Test func `a list that breaks off is refused`() {
    let refused = refusal { () throws(ParseError) in
      _ = try dependencies(
        Capture("dmsetup-info/thin-local"), Capture("dmsetup-deps/truncated"))
    }
    #expect(refused != nil)
  }
}

import Testing

@testable import NodeState

@Suite struct StorageTests {
  private func storages(_ capture: Capture) throws(ParseError) -> [Storage] {
    try Storage.parse(capture.bytes.span, from: capture.origin)
  }

  private func storage(_ id: String, in text: String) throws(ParseError) -> Storage? {
    try storages(Capture(text: text)).first { $0.id == id }
  }

  @Test func `the node's storages are read`() throws {
    let storages = try storages(Capture("storage-cfg/thin-local"))
    #expect(storages.map(\.id) == ["local", "local-lvm"])
    #expect(storages[1].type == "lvmthin" && storages[1].volumeGroup == "pve")
    #expect(storages[1].thinPool == "data" && !storages[1].isShared)
    #expect(storages[1].location.line == 5)
  }

  @Test func `local exists though the file doesn't say so`() throws {
    let storages = try storages(Capture("storage-cfg/shared-thick"))
    #expect(storages.map(\.id) == ["ssd-ha01", "local"])
    #expect(storages[0].isShared && storages[0].type == "lvm")
  }

  @Test func `a storage called local of another type is replaced`() throws {
    let local = try storage("local", in: "lvm: local\n\tvgname a1\n\tnodes n1\n")
    #expect(local?.type == "dir" && local?.volumeGroup == nil && local?.nodes == nil)
  }

  @Test func `a heading right behind a body is none, and its keys go to the section before`() throws
  {
    let text = "lvm: a1\n\tvgname one\nlvm: b1\n\tvgname two\n\tshared 1\n"
    let storages = try storages(Capture(text: text))
    #expect(storages.map(\.id) == ["a1", "local"])
    #expect(storages[0].volumeGroup == "one" && storages[0].isShared)
  }

  @Test func `keys behind an empty line are dropped`() throws {
    let text = "lvm: a1\n\tvgname one\n\n\tshared 1\n"
    #expect(try storage("a1", in: text)?.isShared == false)
    #expect(try storage("a1", in: "lvm: a1\n\tvgname one\n0\n\tshared 1\n")?.isShared == false)
  }

  @Test func `blanks and comments end no section`() throws {
    let text = "lvm: a1\n# comment\n   \n  # more\n\tvgname one\n"
    #expect(try storage("a1", in: text)?.volumeGroup == "one")
  }

  @Test
  func `a storage that lacks a required key doesn't exist, nor does an earlier one of its id`()
    throws
  {
    #expect(try storage("a1", in: "lvm: a1\n\tshared 1\n") == nil)
    #expect(try storage("a1", in: "lvmthin: a1\n\tvgname one\n") == nil)
    #expect(try storage("a1", in: "lvm: a1\n\tvgname one\n\nlvm: a1\n\tshared 1\n") == nil)
    #expect(
      try storage("a1", in: "lvm: a1\n\tvgname one\n\nlvm: a1\n\tvgname two\n")?.volumeGroup
        == "two")
  }

  @Test func `bad values are dropped and the section stays`() throws {
    let a1 = try storage(
      "a1", in: "lvm: a1\n\tvgname one\n\tshared yes\n\tnodes n_1,n2\n\tdisable\n")
    #expect(a1?.isShared == false && a1?.nodes == nil && a1?.isDisabled == true)
    #expect(try storage("a1", in: "lvm: a1\n\tvgname o/ne\n") == nil)
    #expect(try storage("a1", in: "lvm: a1\n\tvgname o/ne\n\tvgname one\n")?.volumeGroup == "one")
    #expect(try storage("a1", in: "lvm: a1\n\tvgname one\n\tvgname two\n")?.volumeGroup == "one")
  }

  @Test func `types are lower-cased, ids are not, and too short ones are skipped`() throws {
    let storages = try storages(
      Capture(text: "LVM: Aa\n\tvgname one\n\nlvm: b\n\tvgname two\n\nlvm:c1\n\tvgname three\n"))
    #expect(storages.map(\.id) == ["Aa", "c1", "local"])
    #expect(storages[0].type == "lvm" && storages[1].volumeGroup == "three")
  }

  @Test func `some types are shared by themselves, lvmthin never`() throws {
    let text = """
      nfs: nas
      \tserver a
      \texport /x

      lvmthin: thin
      \tvgname a1
      \tthinpool p1
      \tshared 1
      \tnodes n1, n2;n3

      """
    #expect(try storage("nas", in: text)?.isShared == true)
    let thin = try storage("thin", in: text)
    #expect(thin?.isShared == false && thin?.nodes == ["n1", "n2", "n3"])
  }

  @Test func `line ends of another system are blanks`() throws {
    let storages = try storages(
      Capture(text: "lvm: a1\r\n\tvgname one\r\n\r\nlvm: b1\r\n\tvgname two\r\n"))
    // A line of one carriage return is not empty: the second heading stands inside the first section.
    #expect(storages.map(\.id) == ["a1", "local"])
    #expect(storages[0].volumeGroup == "one")
  }

  @Test func `an empty file and another file are no list of storages`() {
    for capture in [Capture(text: ""), Capture("dmsetup-info/hostile"), Capture(text: "\n# x\n")] {
      #expect(refusal { () throws(ParseError) in _ = try storages(capture) } != nil)
    }
  }
}

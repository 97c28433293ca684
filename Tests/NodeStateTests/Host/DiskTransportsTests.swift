import Testing

@testable import NodeState

@Suite struct DiskTransportsTests {
  private func transports(_ text: String) throws(ParseError) -> [String: String] {
    let capture = Capture(text: text)
    let list = try DiskTransports.parse(capture.bytes, from: capture.origin)
    return Dictionary(uniqueKeysWithValues: list.map { ($0.description, $1) })
  }

  @Test func `what lies on a disk has its transport, wherever the column stands`() throws {
    let text = """
      {"blockdevices":[
       {"maj:min":"8:0","tran":"sata","children":[{"maj:min":"8:1","tran":null}]},
       {"maj:min":"8:16","children":[{"maj:min":"253:0","tran":null}],"tran":"iscsi"},
       {"maj:min":"7:0","tran":null}]}
      """
    #expect(
      try transports(text) == [
        "8:0": "sata", "8:1": "sata", "8:16": "iscsi", "253:0": "iscsi", "7:0": "",
      ])
  }

  @Test func `a map below two paths has one of their transports`() throws {
    let text = """
      {"blockdevices":[
       {"maj:min":"8:0","tran":"","children":[{"maj:min":"253:0"}]},
       {"maj:min":"8:16","tran":"fc","children":[{"maj:min":"253:0"}]}]}
      """
    #expect(try transports(text)["253:0"] == "fc")
  }

  @Test(arguments: ["", "{}", "[]", "NAME MAJ:MIN\nsda 8:0\n", "{\"blockdevices\":[{\"maj"])
  func `what is no report of lsblk is refused`(text: String) {
    #expect(throws: ParseError.self) { try transports(text) }
  }
}

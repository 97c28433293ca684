import NodeState
import Testing

@testable import Analysis

struct GroupNamesTests {
  private let group = Make.id("group")
  private let uuid = "LVM-group" + String(repeating: "0", count: 59)

  private func names(_ mappings: String...) -> GroupNames {
    GroupNames(
      mappings.map { Make.mapping($0, device: "253:0", uuid: uuid) },
      [Make.group("pool2", id: group)])
  }

  @Test func `a mapping that bears another name than its group shows that both are one`() {
    let names = names("pool2-vm--1--disk--0", "san-vm--2--disk--0", "old--er-vm--3--disk--0")
    #expect(names.others(of: "pool2") == ["old-er", "san"])
    #expect(names.others(of: "san") == ["old-er", "pool2"])
    #expect(names.others(of: "other").isEmpty)
    #expect(names.all(of: ["san", "x"]) == ["old-er", "pool2", "san", "x"])
  }

  @Test(arguments: ["pool2-vm--1--disk--0", "pool2-data_tdata", "pool2"])
  func `a name that LVM gives shows none`(name: String) {
    #expect(names(name).isEmpty)
    #expect(names(name).all(of: ["pool2"]) == ["pool2"])
  }

  @Test func `a name that only begins alike is another one`() {
    #expect(names("pool2--b-vm--1--disk--0").others(of: "pool2") == ["pool2-b"])
  }

  @Test func `what was made up is not followed without end`() {
    let mappings = (0..<5000).map {
      Make.mapping("g\($0)-vm--1--disk--0", device: "253:0", uuid: uuid)
    }
    let names = GroupNames(mappings, [Make.group("pool2", id: group)])
    #expect(names.others(of: "pool2").isEmpty)
    #expect(names.excessive == "g0")
    #expect(self.names("san-vm--2--disk--0").excessive == nil)
  }
}

import BundleFormat
import Testing

@testable import NodeState

@Suite struct KernelMappingTests {
  private func parse(_ capture: Capture) throws(ParseError) -> [KernelMapping] {
    try KernelMappingList(capture.bytes, from: capture.origin).mappings(selecting: nil)
  }

  @Test func `the kernel's mappings have their holders`() throws {
    let mappings = try parse(Capture("sysfs-dm/thin-local"))
    #expect(mappings.count == 14)
    let pool = try #require(mappings.first { $0.name == "pve-data_tdata" })
    #expect(pool.holders.count == 1)
    #expect(mappings.contains { $0.name == "pve-data-tpool" && $0.device == pool.holders[0] })
  }

  @Test func `those that are asked for by name, and those that are held, are found`() throws {
    let names = ["a", "pve-b", "fast-vm--100--disk--0", "fast-vm--101--disk--0", "vg-12345678901"]
    let lines = names.enumerated().map { number, name in
      let form = number.isMultiple(of: 2) ? "\"kernelName\":\"dm-\(number)\"," : ""
      let holders = number == 3 ? "[\"253:9\"]" : "[]"
      return "{\(form)\"device\":\"253:\(number)\",\"name\":\"\(name)\",\"uuid\":\"\","
        + "\"suspended\":0,\"sizeSectors\":8,\"readOnly\":0,\"slaves\":[],\"holders\":\(holders)}\n"
    }
    let capture = Capture(text: lines.joined())
    let list = try KernelMappingList(capture.bytes, from: capture.origin)
    for name in names + ["b", "fast-vm--102--disk--0"] {
      let found = list.mappings(selecting: KernelMappingList.Selection(names: [name]))
      #expect(found.map(\.name) == names.filter { $0 == name })
    }
    #expect(list.mappings(selecting: .held).map(\.name) == [names[3]])
  }

  @Test func `one that went meanwhile is left out`() throws {
    let line = "{\"kernelName\":\"dm-9\",\"device\":null,\"name\":null,\"holders\":[]}\n"
    #expect(try parse(Capture(text: line)).isEmpty)
    #expect(try parse(Capture(text: "")).isEmpty)
  }

  @Test(arguments: ["sysfs-dm/truncated", "sysfs-dm/foreign"])
  func `half a list and another one are refused`(name: String) {
    #expect(refusal { () throws(ParseError) in _ = try parse(Capture(name)) } != nil)
  }

  @Test func `holders are a list`() {
    let line = "{\"device\":\"253:0\",\"name\":\"x\",\"holders\":\"none\"}\n"
    #expect(refusal { () throws(ParseError) in _ = try parse(Capture(text: line)) } != nil)
  }
}

import BundleFormat
import Testing

@testable import NodeState

@Suite struct KernelMappingTests {
  private func parse(_ capture: Capture) throws(ParseError) -> [KernelMapping] {
    try KernelMapping.parse(capture.bytes, from: capture.origin)
  }

  @Test func `the kernel's mappings have their holders`() throws {
    let mappings = try parse(Capture("sysfs-dm/thin-local"))
    #expect(mappings.count == 14)
    let pool = try #require(mappings.first { $0.name == "pve-data_tdata" })
    #expect(pool.holders.count == 1)
    #expect(mappings.contains { $0.name == "pve-data-tpool" && $0.device == pool.holders[0] })
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

  @Test func `the probe's own lines say the same as those that are laid out otherwise`() throws {
    let capture = Capture("sysfs-dm/thin-local")
    let other = String(decoding: capture.bytes, as: UTF8.self).replacing(",", with: ", ")
    func told(_ mappings: [KernelMapping]) -> [String] {
      mappings.map { "\($0.name) \($0.uuid) \($0.device) \($0.holders) \($0.location.line)" }
    }
    #expect(try told(parse(capture)) == told(parse(Capture(text: other))))
  }

  @Test func `of the list is had what is asked for`() throws {
    let capture = Capture("sysfs-dm/thin-local")
    let list = try KernelMappingList(capture.bytes, from: capture.origin)
    let pool = try #require(parse(capture).first { $0.name == "pve-data-tpool" })
    #expect(list.mappings(devices: [pool.device]) == [pool])
    #expect(list.mappings(devices: []).isEmpty)
    #expect(list.names(among: [pool.name, "pve-data-tpoo", "pve-data-xpool"]) == [pool.name])
  }

  @Test(arguments: [
    "\"253:0\",\"name\":\"x\"", "\"253:0\",\"name\":null", "null,\"name\":\"x\"",
    "\"253\",\"name\":\"x\"", "\"253:0\",\"name\":\"x\\n\"",
  ])
  func `a line of the probe's is read as its JSON`(members: String) {
    let line =
      "{\"kernelName\":\"dm-0\",\"device\":\(members),\"uuid\":\"\",\"suspended\":0,"
      + "\"sizeSectors\":8,\"readOnly\":0,\"slaves\":[\"8:0\"],\"holders\":[\"9:1\",\"x\"]}\n"
    func said(_ text: String) -> String {
      do throws(ParseError) {
        return try parse(Capture(text: text)).map { "\($0.name) \($0.device) \($0.holders)" }
          .joined(separator: ";")
      } catch {
        return "refused"
      }
    }
    #expect(said(line) == said(line.replacing(",", with: " , ")))
  }
}

import Testing

@testable import NodeState

@Suite struct HighAvailabilityResourceTests {
  private func parse(_ capture: Capture) -> [HighAvailabilityResource] {
    HighAvailabilityResource.parse(capture.bytes.span, from: capture.origin)
  }

  @Test func `guests are read with the state that is asked for`() {
    let resources = parse(Capture("ha-config/resources"))
    #expect(resources.map(\.id.description) == ["100", "110", "120", "130"])
    #expect(resources.map(\.state) == ["started", "stopped", "ignored", "started"])
    #expect(resources.filter(\.isManaged).map(\.id.description) == ["100", "110", "130"])
    #expect(resources.map(\.location.line) == [1, 6, 9, 13])
  }

  @Test func `rules, groups and an empty file have no guests`() {
    #expect(parse(Capture("ha-config/rules")).isEmpty)
    #expect(parse(Capture(text: "")).isEmpty)
    #expect(parse(Capture("iscsi-sessions/two")).isEmpty)
  }

  @Test func `a file cut short keeps the guests before the cut`() {
    #expect(parse(Capture(text: "vm: 100\n\tsta")).map(\.state) == ["started"])
    #expect(parse(Capture(text: "vm: 10")).isEmpty)
  }
}

import Testing

@testable import NodeState

@Suite struct ISCSISessionTests {
  private func parse(_ capture: Capture) throws(ParseError) -> [ISCSISession] {
    try ISCSISession.parse(capture.bytes.span, from: capture.origin)
  }

  @Test func `each session names its portal and target`() throws {
    let sessions = try parse(Capture("iscsi-sessions/two"))
    #expect(sessions.map(\.portal) == ["192.0.2.10:3260,1", "[2001:db8::10]:3260,1"])
    #expect(Set(sessions.map(\.target)) == ["iqn.2001-05.com.example:array1"])
    #expect(sessions.map(\.location.line) == [1, 2])
  }

  @Test func `no line is no session`() throws {
    #expect(try parse(Capture(text: "")).isEmpty)
  }

  @Test(arguments: ["iscsi-sessions/truncated", "iscsi-sessions/foreign"])
  func `half a list and another one are refused`(name: String) {
    #expect(refusal { () throws(ParseError) in _ = try parse(Capture(name)) } != nil)
  }
}

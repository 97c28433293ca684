import Testing

@testable import NodeState

@Suite struct QuorumVotesTests {
  private func parse(_ capture: Capture) throws(ParseError) -> QuorumVotes? {
    try QuorumVotes.parse(capture.bytes.span, from: capture.origin)
  }

  @Test func `votes are told with and without quorum`() throws {
    let whole = try #require(try parse(Capture("cluster-status/quorate")))
    #expect(whole.isQuorate && whole.expectedVotes == 3 && whole.totalVotes == 3)
    #expect(whole.location.line == 15)
    let alone = try #require(try parse(Capture("cluster-status/alone")))
    #expect(!alone.isQuorate && alone.expectedVotes == 3 && alone.totalVotes == 1)
  }

  @Test func `a node of its own says nothing`() throws {
    #expect(try parse(Capture(text: "\n")) == nil)
  }

  @Test(arguments: ["cluster-status/truncated", "ha-config/rules"])
  func `a text without a word on quorum is refused`(name: String) {
    #expect(refusal { () throws(ParseError) in _ = try parse(Capture(name)) } != nil)
  }

  @Test func `quorum is yes or no`() {
    let odd = Capture(text: "Quorate: perhaps\n")
    #expect(
      refusal { () throws(ParseError) in _ = try parse(odd) }?.contains("Yes or No") == true)
  }
}

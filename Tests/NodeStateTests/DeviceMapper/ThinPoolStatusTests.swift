import Testing

@testable import NodeState

@Suite struct ThinPoolStatusTests {
  private func pools(_ capture: Capture) throws(ParseError) -> [ThinPoolStatus] {
    try ThinPoolStatus.parse(capture.bytes.span, from: capture.origin)
  }

  @Test func `a pool's use is counted in blocks`() throws {
    let pools = try pools(Capture("dmsetup-status/thin-local"))
    #expect(pools.count == 1)
    #expect(pools[0].mapping == "pve-data-tpool")
    #expect(pools[0].transactionID == 10)
    #expect(pools[0].usedMetadataBlocks == 120 && pools[0].totalMetadataBlocks == 1024)
    #expect(pools[0].usedDataBlocks == 76 && pools[0].totalDataBlocks == 16_384)
    #expect(pools[0].mode == "rw" && !pools[0].needsCheck)
  }

  @Test func `a broken pool and one that needs a check are told`() throws {
    let text = """
      a-b-tpool: 0 8 thin-pool Fail
      a-c-tpool: 0 8 thin-pool 1 2/3 4/5 - ro no_discard_passdown queue_if_no_space needs_check 256

      """
    let pools = try pools(Capture(text: text))
    #expect(pools[0].mode == "Fail" && pools[0].transactionID == nil)
    #expect(pools[1].mode == "ro" && pools[1].needsCheck)
  }

  @Test func `lists without a pool have none`() throws {
    for name in ["no-devices", "hostile"] {
      #expect(try pools(Capture("dmsetup-status/\(name)")).isEmpty)
    }
    #expect(try pools(Capture(text: "")).isEmpty)
  }

  @Test func `a pool's line that breaks off is refused`() {
    for text in ["a: 0 8 thin-pool 1 2/3 4\n", "a: 0 8 thin-pool 1 2/3 4/5 - rw"] {
      #expect(refusal { () throws(ParseError) in _ = try pools(Capture(text: text)) } != nil)
    }
    #expect(
      refusal { () throws(ParseError) in _ = try pools(Capture("dmsetup-status/truncated")) }
        != nil)
  }
}

@Suite struct UdevCookiesTests {
  private func cookies(_ capture: Capture) throws(ParseError) -> [HostFacts.Line] {
    try UdevCookies.parse(capture.bytes.span, from: capture.origin)
  }

  @Test func `a heading alone is no cookie`() throws {
    #expect(try cookies(Capture("dmsetup-udevcookies/none")).isEmpty)
  }

  @Test func `a cookie is kept as printed`() throws {
    let line = "0xd4d2f9b  5          1          Sun Nov 22 20:03:16 2026  Sun Nov 22 20:03:16 2026"
    let cookies = try cookies(Capture(text: "Cookie       Semid\n\(line)\n"))
    #expect(cookies.map(\.text) == [line])
    #expect(cookies[0].location.line == 2)
  }

  @Test func `another text, or half a line, is refused`() {
    for text in ["No such command\n", "0xd4d2f9b  5"] {
      #expect(refusal { () throws(ParseError) in _ = try cookies(Capture(text: text)) } != nil)
    }
  }
}

import Rendering
import Testing

struct MailEnclosuresTests {
  private func bytes(_ count: Int) -> [UInt8] { [UInt8](repeating: 0x78, count: count) }

  private func enclosures(
    page: Int, script: Int? = nil, packed: Int? = 10
  ) -> MailEnclosures {
    MailEnclosures(
      page: bytes(page), script: script.map(bytes), name: "pve1",
      compressing: { _ in packed.map(bytes) })
  }

  @Test func `a small page is attached as it is`() {
    let enclosures = enclosures(page: 999_999)
    #expect(enclosures.attachments.map(\.name) == ["pve1.html"])
    #expect(enclosures.attachments.map(\.contentType) == ["text/html"])
    #expect(enclosures.notes == ["The full report is attached: pve1.html. It needs no network."])
  }

  @Test func `a large page is compressed`() {
    let enclosures = enclosures(page: 2_340_000)
    #expect(enclosures.attachments.map(\.name) == ["pve1.html.gz"])
    #expect(enclosures.attachments.map(\.contentType) == ["application/gzip"])
    #expect(enclosures.attachments[0].bytes.count == 10)
    #expect(
      enclosures.notes == [
        "The full report is attached, compressed: pve1.html.gz, 2.3 MB once gunzip has unpacked it."
      ])
  }

  @Test func `a page above the limit is left out with a sentence`() {
    // 15,000,000 bytes of Base64 are 11,250,000 bytes.
    #expect(enclosures(page: 90_000_000, packed: 11_250_000).attachments.count == 1)
    let enclosures = enclosures(page: 90_000_000, packed: 11_250_001)
    #expect(enclosures.attachments.isEmpty)
    #expect(
      enclosures.notes == [
        "The full report is not attached: with 90.0 MB it is above the limit of a mail, compressed, "
          + "too. dmanalyze BUNDLE -o DIR writes it."
      ])
  }

  @Test func `where nothing compresses, a page that fits goes plain`() {
    #expect(enclosures(page: 2_000_000, packed: nil).attachments.map(\.name) == ["pve1.html"])
    #expect(enclosures(page: 12_000_000, packed: nil).attachments.isEmpty)
  }

  @Test func `the script comes only when it is wanted, and counts into the limit`() {
    let both = enclosures(page: 10, script: 20)
    #expect(both.attachments.map(\.name) == ["pve1-cleanup.sh", "pve1.html"])
    #expect(both.notes.count == 2)
    #expect(both.notes[0].hasPrefix("The cleanup script is attached: pve1-cleanup.sh."))
    let full = enclosures(page: 90_000_000, script: 6_000_000, packed: 6_000_000)
    #expect(full.attachments.map(\.name) == ["pve1-cleanup.sh"])
    #expect(full.notes[1].hasPrefix("The full report is not attached: "))
    let huge = enclosures(page: 10, script: 12_000_000)
    #expect(huge.attachments.map(\.name) == ["pve1.html"])
    #expect(huge.notes[0].hasPrefix("The cleanup script is not attached: with 12.0 MB "))
  }
}

import Testing

@testable import NodeState

@Suite struct SnapshotStatusTests {
  private func broken(_ text: String) -> [String] {
    let capture = Capture(text: text)
    return SnapshotStatus.broken(capture.bytes.span, from: capture.origin).map(\.text)
  }

  @Test func `invalid, full and unmerged snapshots are told`() {
    let text = """
      ssd-a: 0 8 snapshot Invalid
      ssd-b: 0 8 snapshot Overflow
      ssd-c: 0 8 snapshot-merge Merge failed

      """
    #expect(broken(text) == ["ssd-a", "ssd-b", "ssd-c"])
  }

  @Test func `healthy ones and other targets are not`() {
    let text = """
      ssd-a: 0 8 snapshot 16/131072 16
      ssd-b: 0 8 snapshot-origin
      ssd-c: 0 8 snapshot-merge 16/131072 16
      Invalid: 0 8 linear

      """
    #expect(broken(text).isEmpty)
    #expect(broken("No devices found\n").isEmpty)
    #expect(broken("ssd-a: 0 8 snapsh").isEmpty)
  }
}

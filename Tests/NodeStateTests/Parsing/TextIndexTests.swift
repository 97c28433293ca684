import Testing

@testable import NodeState

@Suite struct TextIndexTests {
  @Test func `it says what a dictionary says`() {
    var random = SystemRandomNumberGenerator()
    let content = (0..<4_000).map { _ in UInt8.random(in: 0x61...0x63, using: &random) }
    var index = TextIndex<Int>(of: content)
    var expected: [String: Int] = [:]
    for number in 0..<3_000 {
      let start = Int.random(in: 0..<content.count, using: &random)
      let range = start..<min(content.count, start + Int.random(in: 0...17, using: &random))
      let text = String(decoding: content[range], as: UTF8.self)
      let isKept = Bool.random(using: &random)
      if Bool.random(using: &random) {
        index.set(range, to: number, unlessPresent: isKept)
      } else {
        index.set(text, to: number, unlessPresent: isKept)
      }
      if !isKept || expected[text] == nil { expected[text] = number }
    }
    for (text, number) in expected { #expect(index[text] == number) }
    #expect(index["d"] == nil)
  }

  @Test func `an index of nothing has nothing`() {
    #expect(TextIndex<Int>()[""] == nil)
    #expect(TextIndex<Int>(of: [])["/dev/x"] == nil)
    #expect(TextIndex(["/dev/x": 1])["/dev/x"] == 1)
  }
}

import Testing
import Threads

@Suite struct WorkingMemoryTests {
  @Test
  func
    `what is made with big pages and pages taken ahead, on both threads, holds what was put into it`()
  {
    for expectedBytes in [0, 8_000_000, 70_000_000, .max] {
      guard let ahead = WorkingMemory.prepare(expecting: expectedBytes) else { continue }
      if expectedBytes < 100_000_000 { while ahead.takeNext() {} }
    }
    #expect(WorkingMemory.prepare(expecting: -1) == nil)
    @Sendable func numbers(from start: Int) -> [[Int]] {
      (0..<2000).map { row in (0..<100).map { start + 100 * row + $0 } }
    }
    let (first, second) = Parallel.both(ifWorthwhile: true) {
      numbers(from: 0)
    } _: {
      numbers(from: 1_000_000)
    }
    #expect(first.joined().elementsEqual(0..<200_000))
    #expect(second.joined().elementsEqual(1_000_000..<1_200_000))
    let big = [UInt8](repeating: 7, count: 80_000_000)
    #expect(big.last == 7)
  }
}

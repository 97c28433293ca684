import Synchronization
import Testing
import Threads

@Suite struct ParallelMapTests {
  @Test(arguments: [0, 1, 63, 64, 65, 1000], [true, false])
  func `each value stands at its index, whoever made it`(count: Int, isWorthwhile: Bool) {
    let (values, other) = Parallel.map(
      count: count, ifWorthwhile: isWorthwhile, keeping: { 0 },
      { calls, index in
        calls += 1
        return "\(index)"
      }, beside: { "beside" })
    #expect(values == (0..<count).map { "\($0)" })
    #expect(other == "beside")
  }

  @Test func `each value is made once`() {
    let made = Atomic<Int>(0)
    let (values, _) = Parallel.map(
      count: 500, ifWorthwhile: true, keeping: {},
      { _, index in
        made.add(1, ordering: .relaxed)
        return [index]
      }, beside: {})
    #expect(values.count == 500 && made.load(ordering: .relaxed) == 500)
  }

  @Test func `a lazy value is made once, and only when somebody asks`() {
    let counter = Counter()
    let value = Lazy { counter.next() }
    #expect(counter.count == 0)
    let (one, other) = Parallel.both(ifWorthwhile: true) {
      value.value
    } _: {
      value.value
    }
    #expect(one == 1 && other == 1 && value.value == 1 && counter.count == 1)
  }

  private final class Counter: Sendable {
    private let value = Mutex(0)
    var count: Int { value.withLock { $0 } }
    func next() -> Int {
      value.withLock {
        $0 += 1
        return $0
      }
    }
  }
}

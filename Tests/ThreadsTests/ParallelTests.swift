import Glibc
import Synchronization
import Testing
import Threads

@Suite struct ParallelTests {
  @Test(arguments: [true, false])
  func `both pieces of work are done, each with its own result`(isWorthwhile: Bool) {
    let numbers = Array(1...1000)
    let (sum, text) = Parallel.both(ifWorthwhile: isWorthwhile) {
      numbers.reduce(0, +)
    } _: {
      numbers.map(String.init).joined()
    }
    #expect(sum == 500_500)
    #expect(text.utf8.count == 2893)
  }

  @Test func `work within work is done, too`() {
    let (one, (two, three)) = Parallel.both(ifWorthwhile: true) {
      1
    } _: {
      Parallel.both(ifWorthwhile: true) {
        2
      } _: {
        3
      }
    }
    #expect([one, two, three] == [1, 2, 3])
  }

  /// What is handed over, part by part; the turns keep two threads apart.
  private final class Log: @unchecked Sendable {
    var parts: [Int] = []
  }

  @Test(arguments: [true, false], [0, 1, 2, 100])
  func `parts are handed over in their order`(isWorthwhile: Bool, count: Int) {
    let log = Log()
    let isWhole = Parallel.inOrder(count, ifWorthwhile: isWorthwhile) {
      [Int]()
    } make: { part, continues, made in
      // Parts that take longer than those behind them.
      if part % 7 == 0 { usleep(500) }
      if !continues { made = [] }
      made.append(part)
    } take: { made in
      log.parts += made
      return true
    }
    #expect(isWhole)
    #expect(log.parts == Array(0..<count))
  }

  @Test func `a thread whose turn has not come makes what follows, up to a few parts`() {
    let log = Log()
    let isAhead = Atomic(false)
    let isWhole = Parallel.inOrder(12, ifWorthwhile: Parallel.hasTwoProcessors) {
      [Int]()
    } make: { part, continues, made in
      // At most ten seconds: there may be no second thread.
      var rest = part == 0 && Parallel.hasTwoProcessors ? 10_000 : 0
      while rest > 0 && !isAhead.load(ordering: .relaxed) {
        usleep(1000)
        rest -= 1
      }
      if part == 5 { isAhead.store(true, ordering: .relaxed) }
      if !continues { made = [] }
      made.append(part)
    } take: { made in
      log.parts.append(made.count)
      return true
    }
    #expect(isWhole)
    #expect(log.parts.reduce(0, +) == 12)
    #expect(log.parts[0] == 1)
    if Parallel.hasTwoProcessors { #expect(log.parts.max() == 5) }
  }

  @Test(arguments: [true, false])
  func `no part is handed over when no more are wanted`(isWorthwhile: Bool) {
    let log = Log()
    let isWhole = Parallel.inOrder(100, ifWorthwhile: isWorthwhile) {
      [Int]()
    } make: { part, continues, made in
      made = continues ? made + [part] : [part]
    } take: { made in
      log.parts += made
      return !made.contains(5)
    }
    #expect(!isWhole)
    #expect(log.parts == Array(0..<log.parts.count))
    #expect((6...10).contains(log.parts.count))
  }
}

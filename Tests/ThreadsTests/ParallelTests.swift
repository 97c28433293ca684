import Glibc
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
      -1
    } make: { part, made in
      // Parts that take longer than those behind them.
      if part % 7 == 0 { usleep(500) }
      made = part
    } take: { made in
      log.parts.append(made)
      return true
    }
    #expect(isWhole)
    #expect(log.parts == Array(0..<count))
  }

  @Test(arguments: [true, false])
  func `no part is handed over when no more are wanted`(isWorthwhile: Bool) {
    let log = Log()
    let isWhole = Parallel.inOrder(100, ifWorthwhile: isWorthwhile) {
      -1
    } make: { part, made in
      made = part
    } take: { made in
      log.parts.append(made)
      return made < 5
    }
    #expect(!isWhole)
    #expect(log.parts == Array(0...5))
  }
}

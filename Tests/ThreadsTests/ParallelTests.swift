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
}

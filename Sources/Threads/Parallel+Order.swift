extension Parallel {
  /// How many parts a worker holds at most, before they are handed over.
  private static let mostHeld = 5

  /// Makes parts 0, 1, 2, … on two threads, and hands them over in this order.
  ///
  /// Each thread has one worker. Where it is another's turn, it makes the parts that follow its own instead
  /// of waiting, and hands them over together: a thread that the system lets run less does not slow the
  /// other, and there are never more than a few parts in memory.
  ///
  /// - Parameters:
  ///   - isWorthwhile: False for work that is done sooner than a thread starts.
  ///   - make: Makes a part, on any of the two threads; `continues` where it is added to those before it that
  ///     the worker holds.
  ///   - take: Takes what the worker holds; returns false when no more is wanted.
  /// - Returns: False when `take` returned false.
  public static func inOrder<Worker: ~Copyable>(
    _ count: Int, ifWorthwhile isWorthwhile: Bool, worker: @Sendable () -> Worker,
    make: @Sendable (_ part: Int, _ continues: Bool, inout Worker) -> Void,
    take: @Sendable (borrowing Worker) -> Bool
  ) -> Bool {
    let turns = Turns(count: count)
    let work: @Sendable () -> Void = {
      var worker = worker()
      while let first = turns.next() {
        make(first, false, &worker)
        var end = first + 1
        while end - first < mostHeld, turns.takesAhead(end, before: first) {
          make(end, true, &worker)
          end += 1
        }
        turns.wait(for: first)
        turns.end(before: end, wantsMore: turns.wantsMore && take(worker))
      }
    }
    _ = both(ifWorthwhile: isWorthwhile, work, work)
    return turns.wantsMore
  }
}

/// Whose turn it is. The lowest part that is not handed over is never waited for in vain: its thread has it.
private final class Turns: @unchecked Sendable {
  private let count: Int
  private let monitor = Monitor()
  /// Under the monitor.
  private var begun = 0
  private var handedOver = 0
  /// Only changed by the thread whose turn it is.
  private(set) var wantsMore = true

  init(count: Int) { self.count = count }

  /// Takes the next part to make; nil when all are taken or no more are wanted.
  func next() -> Int? {
    monitor.withLock {
      guard begun < count, wantsMore else { return nil }
      begun += 1
      return begun - 1
    }
  }

  /// Takes that part to make, too, if it is the next and the turn of `first` has not come.
  func takesAhead(_ part: Int, before first: Int) -> Bool {
    monitor.withLock {
      guard handedOver < first, begun == part, begun < count, wantsMore else { return false }
      begun += 1
      return true
    }
  }

  /// Returns when all parts before were handed over.
  func wait(for part: Int) {
    monitor.withLock {
      while handedOver < part { monitor.wait() }
    }
  }

  /// Gives the turn to the part behind those that were handed over.
  func end(before part: Int, wantsMore: Bool) {
    monitor.withLock {
      self.wantsMore = wantsMore
      handedOver = part
      monitor.signal()
    }
  }
}

import Glibc

extension Parallel {
  /// Makes parts 0, 1, 2, … on two threads, and hands them over one at a time in this order.
  ///
  /// Each thread has one worker, which holds the part until it was handed over: there are never more than
  /// two parts in memory, and whoever is quicker makes more of them.
  ///
  /// - Parameters:
  ///   - isWorthwhile: False for work that is done sooner than a thread starts.
  ///   - make: Makes a part; on any of the two threads.
  ///   - take: Takes the part that was made; returns false when no more is wanted.
  /// - Returns: False when `take` returned false.
  public static func inOrder<Worker: ~Copyable>(
    _ count: Int, ifWorthwhile isWorthwhile: Bool, worker: @Sendable () -> Worker,
    make: @Sendable (Int, inout Worker) -> Void, take: @Sendable (borrowing Worker) -> Bool
  ) -> Bool {
    let turns = Turns(count: count)
    let work: @Sendable () -> Void = {
      var worker = worker()
      while let part = turns.next() {
        make(part, &worker)
        turns.wait(for: part)
        turns.end(wantsMore: turns.wantsMore && take(worker))
      }
    }
    _ = both(ifWorthwhile: isWorthwhile, work, work)
    return turns.wantsMore
  }
}

/// Whose turn it is. The lowest part that is not handed over is never waited for in vain: its thread has it.
private final class Turns: @unchecked Sendable {
  private let count: Int
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// Under the mutex.
  private var begun = 0
  private var handedOver = 0
  /// Only changed by the thread whose turn it is.
  private(set) var wantsMore = true

  init(count: Int) {
    self.count = count
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Takes the next part to make; nil when all are taken or no more are wanted.
  func next() -> Int? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    guard begun < count, wantsMore else { return nil }
    begun += 1
    return begun - 1
  }

  /// Returns when all parts before were handed over.
  func wait(for part: Int) {
    pthread_mutex_lock(mutex)
    while handedOver < part { pthread_cond_wait(condition, mutex) }
    pthread_mutex_unlock(mutex)
  }

  /// Gives the turn to the next part.
  func end(wantsMore: Bool) {
    pthread_mutex_lock(mutex)
    self.wantsMore = wantsMore
    handedOver += 1
    pthread_cond_signal(condition)
    pthread_mutex_unlock(mutex)
  }
}

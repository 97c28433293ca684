import Glibc

/// A lock, under which a thread can wait for another.
///
/// One of pthreads: unlike Swift's own `Mutex`, ThreadSanitizer knows what it orders.
final class Monitor: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  func withLock<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  /// Waits for a signal, under the lock, which is open meanwhile; it may end without one.
  func wait() { pthread_cond_wait(condition, mutex) }

  /// Wakes one thread that waits.
  func signal() { pthread_cond_signal(condition) }
}

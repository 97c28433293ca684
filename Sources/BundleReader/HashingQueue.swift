import BundleFormat
import Glibc

/// What is to be hashed, between the thread that reads and the one that hashes.
final class HashingQueue {
  struct Batch {
    var contents: [(position: Int, bytes: [UInt8])] = []
    /// Of long entries, in their order.
    var parts: [Part] = []
    var container: [[UInt8]] = []
    var sizeBytes = 0
  }

  enum Part {
    /// The next bytes of a long entry; whoever adds them keeps them until its end was added, too.
    case bytes(UnsafeRawBufferPointer)
    /// There are no more of it. Its content is kept until it is hashed.
    case end(position: Int, content: [UInt8])
  }

  /// Of the entries that the hashing thread hashed; its own until it ended, as is the container's.
  private(set) var digests: [(position: Int, digest: Digest)] = []
  private(set) var container = SHA256()
  /// Of the long entry that is under way; the hashing thread's own, too.
  private var long = SHA256()
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// Guarded by the mutex, as is whether more may come.
  private var waiting: [Batch] = []
  private var isClosed = false
  /// The hashing thread's own; nil when there is no more of it.
  private var idleWork: (() -> Bool)?

  init(idleWork: (() -> Bool)?) {
    self.idleWork = idleWork
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Starts the thread; nil when there is none to be had.
  func start() -> pthread_t? {
    // The thread holds a reference of its own until it is done.
    let context = Unmanaged.passRetained(self).toOpaque()
    var thread = pthread_t()
    let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
      if let context { Unmanaged<HashingQueue>.fromOpaque(context).takeRetainedValue().work() }
      return nil
    }
    if pthread_create(&thread, nil, body, context) == 0 { return thread }
    Unmanaged<HashingQueue>.fromOpaque(context).release()
    return nil
  }

  func add(_ batch: Batch) {
    pthread_mutex_lock(mutex)
    waiting.append(batch)
    pthread_cond_signal(condition)
    pthread_mutex_unlock(mutex)
  }

  /// Says that nothing more comes.
  func close() {
    pthread_mutex_lock(mutex)
    isClosed = true
    pthread_cond_signal(condition)
    pthread_mutex_unlock(mutex)
  }

  /// Hashes contents from the last on, until none are waiting: the thread comes to meet it.
  func hashContents() -> [(position: Int, digest: Digest)] {
    var hashed: [(position: Int, digest: Digest)] = []
    while let contents = lastContents() { hash(contents, into: &hashed) }
    return hashed
  }

  /// Hashes all that comes, as the hashing thread or where there is none.
  func work() {
    while let batch = next() {
      for bytes in batch.container { container.update(bytes) }
      for part in batch.parts {
        switch part {
        case .bytes(let bytes): long.update(bytes)
        case .end(let position, _): digests.append((position, long.finish()))
        }
      }
      hash(batch.contents, into: &digests)
    }
  }

  private func hash(
    _ contents: [(position: Int, bytes: [UInt8])],
    into hashed: inout [(position: Int, digest: Digest)]
  ) {
    for (position, bytes) in contents { hashed.append((position, SHA256.digest(of: bytes))) }
  }

  private func lastContents() -> [(position: Int, bytes: [UInt8])]? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    guard let last = waiting.lastIndex(where: { !$0.contents.isEmpty }) else { return nil }
    let contents = waiting[last].contents
    waiting[last].contents = []
    return contents
  }

  /// Returns the next batch, at idle work until there is one; nil when nothing comes any more.
  private func next() -> Batch? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while waiting.isEmpty {
      if isClosed { return nil }
      guard let work = idleWork else {
        pthread_cond_wait(condition, mutex)
        continue
      }
      pthread_mutex_unlock(mutex)
      let hasMore = work()
      pthread_mutex_lock(mutex)
      if !hasMore { idleWork = nil }
    }
    return waiting.removeFirst()
  }
}

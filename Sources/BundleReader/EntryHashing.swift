import BundleFormat
import Glibc

/// Hashes a bundle's entries and its container on a thread of its own while more of them are read.
final class EntryHashing {
  /// Handed over at once: below this, waking a thread takes longer than its work.
  private static let batchBytes = 1 << 18

  private let queue = HashingQueue()
  /// What was not handed over yet.
  private var batch: [HashingQueue.Work] = []
  private var waitingBytes = 0
  /// The thread at work; nil before the first batch is full, and when there is none to be had.
  private var thread: pthread_t?

  deinit {
    guard let thread else { return }
    queue.close()
    pthread_detach(thread)
  }

  /// Takes the next entry.
  ///
  /// - Parameters:
  ///   - isNamed: Whether a result may be expected to name the entry, which then is hashed.
  ///   - original: The position of an earlier entry with the same bytes; nil when there is none.
  func add(_ content: [UInt8], isNamed: Bool, original: Int?) {
    if let original {
      batch.append(.repetition(of: original))
    } else if !isNamed {
      batch.append(.unnamed)
    } else {
      batch.append(.content(content))
      waitingBytes += content.count
    }
    if waitingBytes >= Self.batchBytes { handOver() }
  }

  /// Takes the container's next bytes.
  func add(container bytes: [UInt8]) {
    batch.append(.container(bytes))
    waitingBytes += bytes.count
    if waitingBytes >= Self.batchBytes { handOver() }
  }

  /// Waits for the digests: those of the entries, and the one of the container, which is of no bytes where
  /// there were none.
  func finish() -> (entries: EntryDigests, container: Digest) {
    if let thread {
      queue.add(batch)
      queue.close()
      pthread_join(thread, nil)
      self.thread = nil
    } else {
      queue.hash(batch)
    }
    batch = []
    return (queue.digests, queue.container.finish())
  }

  private func handOver() {
    if thread == nil { thread = queue.start() }
    if thread == nil { queue.hash(batch) } else { queue.add(batch) }
    batch = []
    waitingBytes = 0
  }
}

/// What is to be hashed, between the thread that reads and the one that hashes.
private final class HashingQueue {
  enum Work {
    case content([UInt8])
    case repetition(of: Int)
    case unnamed
    case container([UInt8])
  }

  /// The hashing thread's own until it ended.
  private(set) var digests = EntryDigests()
  var container = SHA256()
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// Guarded by the mutex, as is whether more may come.
  private var waiting: [Work] = []
  private var isClosed = false

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

  func add(_ batch: [Work]) {
    pthread_mutex_lock(mutex)
    waiting += batch
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

  func hash(_ batch: [Work]) {
    for work in batch {
      switch work {
      case .content(let bytes): digests.append(SHA256.digest(of: bytes))
      case .repetition(let original): digests.append(repeating: original)
      case .unnamed: digests.append(nil)
      case .container(let bytes): container.update(bytes)
      }
    }
  }

  private func work() {
    while let batch = next() { hash(batch) }
  }

  /// Waits for more; nil when nothing comes any more.
  private func next() -> [Work]? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while waiting.isEmpty {
      if isClosed { return nil }
      pthread_cond_wait(condition, mutex)
    }
    let batch = waiting
    waiting = []
    return batch
  }
}

import BundleFormat
import Glibc

/// Hashes a bundle's entries and its container on a thread of its own while more of them are read.
final class EntryHashing {
  /// Handed over at once: below this, waking a thread takes longer than its work.
  private static let batchBytes = 1 << 18

  private let queue: HashingQueue
  private var entryCount = 0
  /// Entries with the bytes of earlier ones, by position.
  private var repetitions: [(position: Int, original: Int)] = []
  /// What was not handed over yet.
  private var batch = HashingQueue.Batch()
  /// The thread at work; nil before there is work for it, and when there is none to be had.
  private var thread: pthread_t?

  /// - Parameter idleWork: Work for the thread while there is nothing to hash: a part of it each time, and false
  ///   when there is no more.
  init(idleWork: (() -> Bool)? = nil) {
    queue = HashingQueue(idleWork: idleWork)
    if idleWork != nil { thread = queue.start() }
  }

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
      repetitions.append((entryCount, original))
    } else if isNamed {
      batch.contents.append((entryCount, content))
      batch.sizeBytes += content.count
    }
    entryCount += 1
    if batch.sizeBytes >= Self.batchBytes { handOver() }
  }

  /// Takes the container's next bytes.
  func add(container bytes: [UInt8]) {
    batch.container.append(bytes)
    batch.sizeBytes += bytes.count
    if batch.sizeBytes >= Self.batchBytes { handOver() }
  }

  /// Helps with what is left, and returns the digests: those of the entries, and the one of the container,
  /// which is of no bytes where there were none.
  func finish() -> (entries: EntryDigests, container: Digest) {
    queue.add(batch)
    batch = HashingQueue.Batch()
    queue.close()
    var hashed = queue.hashContents()
    if let thread {
      pthread_join(thread, nil)
      self.thread = nil
    } else {
      queue.work()
    }
    hashed += queue.digests
    var digests = [Digest?](repeating: nil, count: entryCount)
    for (position, digest) in hashed { digests[position] = digest }
    // In their order: what is repeated may itself be a repetition.
    for (position, original) in repetitions { digests[position] = digests[original] }
    var container = queue.container
    return (EntryDigests(digests), container.finish())
  }

  private func handOver() {
    if thread == nil { thread = queue.start() }
    queue.add(batch)
    batch = HashingQueue.Batch()
  }
}

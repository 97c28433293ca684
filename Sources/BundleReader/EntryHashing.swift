import BundleFormat
import Glibc

/// Hashes a bundle's entries and its container on a thread of its own while more of them are read.
final class EntryHashing {
  /// Handed over at once: below this, waking a thread takes longer than its work.
  private static let batchBytes = 1 << 18

  private let queue: HashingQueue
  private var entryCount = 0
  /// Whether the next entry was hashed while it was read.
  private var isNextHashed = false
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

  /// Reads the next entry, which is long, and has it hashed meanwhile: until it was whole, the hashing
  /// thread would have nothing to do.
  ///
  /// - Parameter nextPart: Returns the next bytes, of which there are that many at most.
  func readLong(
    _ sizeBytes: Int,
    nextPart: (_ most: Int) throws(BundleError) -> UnsafeRawBufferPointer
  ) throws(BundleError) -> [UInt8] {
    var failure: BundleError?
    let content = [UInt8](unsafeUninitializedCapacity: sizeBytes) { buffer, count in
      do throws(BundleError) {
        while count < sizeBytes {
          let part = try nextPart(sizeBytes - count)
          let place = UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(buffer)[count..<count + part.count])
          place.copyMemory(from: part)
          // What was written here is not written again, and stays where it is: the array is of this memory.
          batch.parts.append(.bytes(UnsafeRawBufferPointer(place)))
          count += part.count
          handOverIfEnough(adding: part.count)
        }
      } catch {
        failure = error
      }
    }
    // At once, and in any case: the parts' bytes are the content's, and the queue has it from here on.
    batch.parts.append(.end(position: entryCount, content: content))
    handOver()
    if let failure { throw failure }
    isNextHashed = true
    return content
  }

  /// Takes the next entry.
  ///
  /// - Parameters:
  ///   - isNamed: Whether a result may be expected to name the entry, which then is hashed.
  ///   - original: The position of an earlier entry with the same bytes; nil when there is none.
  func add(_ content: [UInt8], isNamed: Bool, original: Int?) {
    if isNextHashed {
      isNextHashed = false
    } else if let original {
      repetitions.append((entryCount, original))
    } else if isNamed {
      batch.contents.append((entryCount, content))
      handOverIfEnough(adding: content.count)
    }
    entryCount += 1
  }

  /// Takes the container's next bytes.
  func add(container bytes: [UInt8]) {
    batch.container.append(bytes)
    handOverIfEnough(adding: bytes.count)
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

  private func handOverIfEnough(adding sizeBytes: Int) {
    batch.sizeBytes += sizeBytes
    if batch.sizeBytes >= Self.batchBytes { handOver() }
  }

  private func handOver() {
    if thread == nil { thread = queue.start() }
    queue.add(batch)
    batch = HashingQueue.Batch()
  }
}

import BundleFormat
import Glibc

/// Hashes all entries of a bundle beside what else is to be done: on a big node's bundle, hashing takes as
/// long as reading its results.
final class EntryHashing {
  /// Below this, a thread takes longer to start than to do its work.
  private static let bytesForThread = 1 << 20

  private let entries: [EntryTable.Entry]
  private var digests: [Digest] = []
  /// The thread at work; nil when the digests are there.
  private var thread: pthread_t?

  /// Starts hashing.
  init(_ table: EntryTable) {
    entries = table.entries
    guard table.totalBytes >= Self.bytesForThread else {
      hashAll()
      return
    }
    // The thread holds a reference of its own until it is done.
    let context = Unmanaged.passRetained(self).toOpaque()
    var thread = pthread_t()
    let work: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
      if let context { Unmanaged<EntryHashing>.fromOpaque(context).takeRetainedValue().hashAll() }
      return nil
    }
    if pthread_create(&thread, nil, work, context) == 0 {
      self.thread = thread
    } else {
      Unmanaged<EntryHashing>.fromOpaque(context).release()
      hashAll()
    }
  }

  deinit { if let thread { pthread_detach(thread) } }

  /// Waits for the digests, in the order of the entries.
  func finish() -> [Digest] {
    if let thread {
      pthread_join(thread, nil)
      self.thread = nil
    }
    return digests
  }

  private func hashAll() {
    digests.reserveCapacity(entries.count)
    for entry in entries {
      digests.append(entry.original.map { digests[$0] } ?? SHA256.digest(of: entry.content))
    }
  }
}

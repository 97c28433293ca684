import CMalloc
import Glibc

/// How the allocator takes memory from the system: seldom, and in big pages.
///
/// Judging a big node makes hundreds of thousands of small things and keeps them to the end. Left alone, the
/// allocator asks for 128 KiB at a time, on a second thread for 4, and each page is a fault of its own:
/// a tenth of the time. What is asked for and not used costs nothing.
///
/// Source: mallopt(3), madvise(2); glibc `malloc/arena.c` (`HEAP_MAX_SIZE`, `heap_for_ptr`).
public enum WorkingMemory {
  /// What a second thread has at most in one piece, and a multiple of which such a piece begins at.
  private static let pieceBytes: UInt = 67_108_864
  private static let bigPageBytes: UInt = 2_097_152
  /// Taken ahead at once.
  private static let stretchBytes: UInt = 262_144
  /// As much stays in small pages at first: more than a node with 2,000 mappings needs, whose last big page
  /// would be mostly empty.
  private static let smallPagesBytes: UInt = 16_777_216

  /// Sets the allocator up, before there is a second thread.
  public static func prepare() {
    mallopt(M_TOP_PAD, CInt(pieceBytes))
    mallopt(M_TRIM_THRESHOLD, CInt(4 * pieceBytes))
    // Arrays grow among the rest, instead of each in a mapping of its own.
    mallopt(M_MMAP_THRESHOLD, CInt(pieceBytes / 2))
    // More than the allocator has by now: it takes a whole piece.
    guard let probe = malloc(1_048_576) else { return }
    defer { free(probe) }
    guard let end = sbrk(0) else { return }
    useBigPages(from: UInt(bitPattern: probe), to: UInt(bitPattern: end))
  }

  /// Has another thread take memory that will soon be needed, while the one that calls is at work.
  ///
  /// Page by page, each first touch interrupts the work: a fifth of a bundle's reading. Taken in stretches
  /// it costs half as much, and elsewhere. A wish, too: a kernel before 5.14 has no such call.
  ///
  /// - Parameter sizeBytes: Only what will be used for sure; no more is taken than ``prepare()`` asked for.
  public static func takeAhead(_ sizeBytes: Int) {
    guard Parallel.hasTwoProcessors, let probe = malloc(1_048_576) else { return }
    defer { free(probe) }
    let start = (UInt(bitPattern: probe) + stretchBytes - 1) & ~(stretchBytes - 1)
    let room = min(UInt(max(0, sizeBytes)), pieceBytes - bigPageBytes)
    guard room > stretchBytes, let end = sbrk(0), start + room < UInt(bitPattern: end) else {
      return
    }
    let memory = UnsafeMutablePointer<Range<UInt>>.allocate(capacity: 1)
    memory.initialize(to: start..<start + room)
    let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
      guard let memory = context?.assumingMemoryBound(to: Range<UInt>.self) else { return nil }
      WorkingMemory.take(memory.pointee)
      memory.deallocate()
      return nil
    }
    var thread = pthread_t()
    if pthread_create(&thread, nil, body, memory) == 0 {
      pthread_detach(thread)
    } else {
      memory.deallocate()
    }
  }

  private static func take(_ memory: Range<UInt>) {
    let length = Int(stretchBytes)
    for stretch in stride(from: memory.lowerBound, to: memory.upperBound, by: length) {
      let start = UnsafeMutableRawPointer(bitPattern: stretch)
      if madvise(start, length, MADV_POPULATE_WRITE) != 0 { return }
    }
  }

  /// Does the same for the thread that calls, which has a piece of its own.
  static func prepareThread() {
    guard let probe = malloc(64) else { return }
    defer { free(probe) }
    let start = UInt(bitPattern: probe) & ~(pieceBytes - 1)
    useBigPages(from: start, to: start + pieceBytes)
  }

  /// A wish: where it can't be met, or other memory is there, nothing changes but the size of pages.
  private static func useBigPages(from start: UInt, to end: UInt) {
    let first = (start + smallPagesBytes + bigPageBytes - 1) & ~(bigPageBytes - 1)
    let last = end & ~(bigPageBytes - 1)
    guard first < last else { return }
    madvise(UnsafeMutableRawPointer(bitPattern: first), Int(last - first), MADV_HUGEPAGE)
  }
}

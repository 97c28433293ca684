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
  /// A big page. As much stays in small ones at first, which is all that a small node needs.
  private static let bigPageBytes: UInt = 2_097_152

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

  /// Does the same for the thread that calls, which has a piece of its own.
  static func prepareThread() {
    guard let probe = malloc(64) else { return }
    defer { free(probe) }
    let start = UInt(bitPattern: probe) & ~(pieceBytes - 1)
    useBigPages(from: start, to: start + pieceBytes)
  }

  /// A wish: where it can't be met, or other memory is there, nothing changes but the size of pages.
  private static func useBigPages(from start: UInt, to end: UInt) {
    let first = (start & ~(bigPageBytes - 1)) + bigPageBytes
    let last = end & ~(bigPageBytes - 1)
    guard first < last else { return }
    madvise(UnsafeMutableRawPointer(bitPattern: first), Int(last - first), MADV_HUGEPAGE)
  }
}

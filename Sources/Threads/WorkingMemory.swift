import CMalloc
import Glibc
import Synchronization

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
  /// As much stays in small pages at first: more than a node with 2,000 mappings needs, whose last big page
  /// would be mostly empty.
  private static let smallPagesBytes: UInt = 16_777_216
  /// Whether so much is expected that small pages are not worth their time.
  private static let hasBigPagesOnly = Atomic<Bool>(false)

  /// Sets the allocator up, before there is a second thread.
  ///
  /// - Parameter expectedBytes: How much will be needed at least; 0 where that is not known.
  /// - Returns: What may be taken ahead of it; nil where that is nothing, or there is no second processor to
  ///   do it.
  public static func prepare(expecting expectedBytes: Int = 0) -> Ahead? {
    let expected = UInt(max(0, expectedBytes))
    if expected >= 2 * smallPagesBytes {
      hasBigPagesOnly.store(true, ordering: .relaxed)
      // The longest arrays, too, which would have mappings of their own, and small pages, at any threshold.
      mallopt(M_MMAP_MAX, 0)
    }
    // Addresses, not memory: what is asked for at once may have big pages.
    let firstBytes = max(pieceBytes, min(2 * min(expected, 1 << 30), 1 << 30))
    // More than that is free at first: given back, it would come again in small pages.
    mallopt(M_TRIM_THRESHOLD, CInt(firstBytes + 4 * pieceBytes))
    // Arrays grow among the rest, instead of each in a mapping of its own.
    mallopt(M_MMAP_THRESHOLD, CInt(pieceBytes / 2))
    mallopt(M_TOP_PAD, CInt(firstBytes))
    defer { mallopt(M_TOP_PAD, CInt(pieceBytes)) }
    // More than the allocator has by now: it takes a whole piece.
    guard let probe = malloc(1_048_576) else { return nil }
    defer { free(probe) }
    guard let end = sbrk(0), UInt(bitPattern: probe) < UInt(bitPattern: end) else { return nil }
    let piece = UInt(bitPattern: probe)..<UInt(bitPattern: end)
    useBigPages(in: piece)
    return Ahead(min(expected, Ahead.mostBytes), in: piece)
  }

  /// Memory that will soon be needed, for a thread to take that has nothing else to do.
  ///
  /// Page by page, each first touch interrupts the work: a fifth of a bundle's reading. Taken in stretches
  /// it costs half as much, and elsewhere. A wish, too: a kernel before 5.14 has no such call.
  public final class Ahead: Sendable {
    /// Whoever reads a huge file that turns out to be no bundle has no use for it.
    fileprivate static let mostBytes: UInt = 536_870_912
    /// Taken at once.
    private static let stretchBytes: UInt = 262_144

    private let next: Atomic<UInt>
    private let end: UInt

    fileprivate init?(_ sizeBytes: UInt, in piece: Range<UInt>) {
      let start = (piece.lowerBound + Self.stretchBytes - 1) & ~(Self.stretchBytes - 1)
      guard Parallel.hasTwoProcessors, start < piece.upperBound else { return nil }
      // The piece's last page may be used already.
      let room = min(sizeBytes, piece.upperBound - start) & ~(Self.stretchBytes - 1)
      guard room > 0 else { return nil }
      next = Atomic(start)
      end = start + room
    }

    /// Takes the next stretch; false when nothing is left to be taken.
    public func takeNext() -> Bool {
      let start = next.add(Self.stretchBytes, ordering: .relaxed).oldValue
      guard start < end, let address = UnsafeMutableRawPointer(bitPattern: start) else {
        return false
      }
      return madvise(address, Int(Self.stretchBytes), MADV_POPULATE_WRITE) == 0
    }
  }

  /// Wishes big pages for the thread that calls, which has a piece of its own.
  static func prepareThread() {
    guard let probe = malloc(64) else { return }
    defer { free(probe) }
    let start = UInt(bitPattern: probe) & ~(pieceBytes - 1)
    useBigPages(in: start..<start + pieceBytes)
  }

  /// A wish: where it can't be met, or other memory is there, nothing changes but the size of pages.
  private static func useBigPages(in piece: Range<UInt>) {
    let small = hasBigPagesOnly.load(ordering: .relaxed) ? 0 : smallPagesBytes
    let first = (piece.lowerBound + small + bigPageBytes - 1) & ~(bigPageBytes - 1)
    let last = piece.upperBound & ~(bigPageBytes - 1)
    guard first < last else { return }
    madvise(UnsafeMutableRawPointer(bitPattern: first), Int(last - first), MADV_HUGEPAGE)
  }
}

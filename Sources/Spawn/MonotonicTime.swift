import Glibc

/// A moment of the clock that nobody sets. Source: `CLOCK_MONOTONIC`.
public struct MonotonicTime: Hashable, Comparable, Sendable {
  /// Nanoseconds since some moment before the boot's end.
  public let nanoseconds: Int64

  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  public static var now: MonotonicTime {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return MonotonicTime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  public static func < (left: MonotonicTime, right: MonotonicTime) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// Returns the moment that many seconds later; at most a hundred years.
  public func adding(seconds: Double) -> MonotonicTime {
    let bounded = min(max(seconds, 0), 3.2e9)
    return MonotonicTime(nanoseconds: nanoseconds &+ Int64(bounded * 1e9))
  }

  /// Milliseconds from this moment to a later one; 0 when it is earlier.
  public func milliseconds(until later: MonotonicTime) -> Int {
    Int(max(0, later.nanoseconds &- nanoseconds) / 1_000_000)
  }
}

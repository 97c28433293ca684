import Glibc

/// How often a call is repeated, and how long to wait before.
public struct RetryPolicy: Sendable {
  /// Tries after the first.
  let most: Int
  /// The wait before the first repetition; each further one is twice as long.
  let firstSeconds: Double
  /// Returns 0 to 1: callers that failed together don't come back together.
  let jitter: @Sendable () -> Double
  let pause: @Sendable (Double) -> Void

  public static let standard = RetryPolicy(
    most: 3, firstSeconds: 0.8, jitter: { Double.random(in: 0...1) },
    pause: { seconds in usleep(UInt32(clamping: Int(seconds * 1_000_000))) })

  public init(
    most: Int, firstSeconds: Double, jitter: @escaping @Sendable () -> Double,
    pause: @escaping @Sendable (Double) -> Void
  ) {
    self.most = most
    self.firstSeconds = firstSeconds
    self.jitter = jitter
    self.pause = pause
  }

  /// Seconds before a repetition, counted from 1: between half and all of what doubling gives.
  func seconds(before attempt: Int) -> Double {
    let whole = firstSeconds * Double(1 << min(max(attempt - 1, 0), 16))
    return whole * (0.5 + 0.5 * min(max(jitter(), 0), 1))
  }
}

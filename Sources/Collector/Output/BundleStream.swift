import Glibc
import Spawn

/// Standard output as a bundle goes to it: what takes nothing more may not hold the run up for ever.
struct BundleStream {
  /// As much as a pipe that can be written to surely takes without waiting. Source: pipe(7), `PIPE_BUF`.
  private static let pieceBytes = 4096

  let descriptor: Int32
  /// The run's deadline.
  let until: MonotonicTime
  /// How long it may take nothing, also behind the deadline: what has begun late may still end.
  let patienceSeconds: Double

  /// Writes all bytes.
  ///
  /// - Returns: 0 or an error number; `ETIMEDOUT` when nothing was taken in time.
  func write(_ bytes: UnsafeRawBufferPointer) -> Int32 {
    var rest = bytes
    while !rest.isEmpty {
      let now = MonotonicTime.now
      let patience = max(until, now.adding(seconds: patienceSeconds))
      var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      let ready = poll(&polled, 1, Int32(clamping: now.milliseconds(until: patience) + 1))
      if ready < 0 && errno == EINTR { continue }
      if ready == 0 { return ETIMEDOUT }
      let count = Glibc.write(descriptor, rest.baseAddress, min(rest.count, Self.pieceBytes))
      if count < 0 && (errno == EINTR || errno == EAGAIN) { continue }
      if count < 0 { return errno }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
    return 0
  }
}

import Glibc

/// One output of a running program: what was read so far, up to a limit.
struct CapturedStream {
  /// The pipe's reading end; -1 once it is closed.
  private(set) var descriptor: Int32
  private(set) var bytes: [UInt8] = []
  /// Whether the program said more than the limit.
  private(set) var hasOverflowed = false
  private let limit: Int

  init(descriptor: Int32, limit: Int) {
    self.descriptor = descriptor
    self.limit = limit
  }

  var isOpen: Bool { descriptor >= 0 }

  /// Takes in what the pipe holds; closes it at the end of the stream.
  ///
  /// At most a megabyte a call, so that a flood from one program doesn't starve the others.
  mutating func drain(through buffer: UnsafeMutableRawBufferPointer) {
    for _ in 0..<16 where isOpen {
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      if count > 0 {
        let room = limit - bytes.count
        if count > room { hasOverflowed = true }
        bytes.append(contentsOf: buffer[..<min(count, max(0, room))])
      } else if count < 0 && errno == EINTR {
        continue
      } else if count < 0 && errno == EAGAIN {
        return
      } else {
        closeNow()
      }
    }
  }

  mutating func closeNow() {
    guard isOpen else { return }
    close(descriptor)
    descriptor = -1
  }
}

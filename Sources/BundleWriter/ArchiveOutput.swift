import CArchive
import Glibc

/// Where an archive's bytes go: the end that libarchive's callback writes to.
final class ArchiveOutput {
  /// Takes bytes; returns 0, or the error number that ends the archive.
  typealias Sink = (UnsafeRawBufferPointer) -> CInt

  private let sink: Sink
  /// The error number that the sink gave; 0 when there was none.
  private(set) var failure: CInt = 0

  init(_ sink: @escaping Sink) { self.sink = sink }

  /// Writes to a descriptor, which stays the caller's to close.
  convenience init(descriptor: CInt) {
    self.init { bytes in
      var rest = bytes
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count < 0 && errno == EINTR { continue }
        if count < 0 { return errno }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
      return 0
    }
  }

  func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if failure == 0 { failure = sink(bytes) }
    return failure == 0
  }

  /// What libarchive calls; the client data is the output.
  static let callback:
    @convention(c) (
      OpaquePointer?, UnsafeMutableRawPointer?, UnsafeRawPointer?, Int
    ) -> Int = { _, client, bytes, count in
      guard let client else { return -1 }
      let output = Unmanaged<ArchiveOutput>.fromOpaque(client).takeUnretainedValue()
      return output.write(UnsafeRawBufferPointer(start: bytes, count: count)) ? count : -1
    }
}

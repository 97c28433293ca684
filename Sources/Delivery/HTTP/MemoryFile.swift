import Glibc

/// A file without a name that lives in memory: what a program reads and nobody else finds.
final class MemoryFile {
  let descriptor: Int32

  /// - Throws: ``DeliveryError/noMemoryFile(errorNumber:)``.
  init(holding bytes: [UInt8]) throws(DeliveryError) {
    descriptor = memfd_create("dmtools", UInt32(MFD_CLOEXEC))
    guard descriptor >= 0 else { throw .noMemoryFile(errorNumber: errno) }
    guard write(bytes), lseek(descriptor, 0, SEEK_SET) == 0 else {
      let errorNumber = errno
      throw .noMemoryFile(errorNumber: errorNumber)
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private func write(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var offset = 0
      while offset < buffer.count {
        let count = Glibc.write(descriptor, buffer.baseAddress! + offset, buffer.count - offset)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        offset += count
      }
      return true
    }
  }
}

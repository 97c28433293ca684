import Glibc

/// A file without a name, for as long as it is held.
final class TemporaryFile {
  let descriptor: CInt
  /// Opens the file anew, from its start.
  var path: String { "/proc/self/fd/\(descriptor)" }

  init(_ bytes: [UInt8] = []) {
    var template = Array("/tmp/dmtools-test-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    precondition(descriptor >= 0, "no temporary file")
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(template)
    write(bytes)
  }

  deinit { close(descriptor) }

  func write(_ bytes: [UInt8]) {
    precondition(Glibc.write(descriptor, bytes, bytes.count) == bytes.count, "short write")
  }

  var content: [UInt8] {
    let size = Int(lseek(descriptor, 0, SEEK_END))
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = pread(descriptor, buffer.baseAddress, size, 0)
    }
  }
}

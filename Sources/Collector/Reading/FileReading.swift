import Glibc
import Spawn

extension Root {
  /// Reads a regular file, also one of `/proc` that says that its size is 0.
  ///
  /// - Throws: ``FileError``; `EINVAL` for what is no regular file.
  func read(_ path: String, limit: Int = 1 << 20) throws(FileError) -> FileContent {
    let descriptor = try openFile(path)
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError(path: path, errorNumber: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileError(path: path, errorNumber: EINVAL)
    }
    var bytes: [UInt8] = []
    // One more than the size, so that the end is seen without another round.
    var step = min(max(Int(status.st_size) + 1, 4096), 1 << 20, limit + 1)
    while bytes.count <= limit {
      var errorNumber: Int32 = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: step) { buffer, count in
        var result = Glibc.read(descriptor, buffer.baseAddress, step)
        while result < 0 && errno == EINTR {
          result = Glibc.read(descriptor, buffer.baseAddress, step)
        }
        if result < 0 { errorNumber = errno }
        count = max(0, result)
      }
      if errorNumber != 0 { throw FileError(path: path, errorNumber: errorNumber) }
      if chunk.isEmpty { return FileContent(bytes: bytes, isTruncated: false) }
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      step = max(step, 4096)
    }
    return FileContent(bytes: Array(bytes.prefix(limit)), isTruncated: true)
  }

  /// Reads a small file of one line, such as those of `/sys`; nil when it can't be read.
  ///
  /// The line break at the end doesn't count.
  func line(of path: String) -> String? {
    guard let content = try? read(path, limit: 4096) else { return nil }
    let bytes =
      content.bytes.last == UInt8(ascii: "\n") ? content.bytes.dropLast() : content.bytes[...]
    return String(decoding: bytes, as: UTF8.self)
  }
}

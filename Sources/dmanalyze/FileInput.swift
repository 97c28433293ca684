import Glibc

/// Small files that a person names: read whole, up to a limit.
enum FileInput {
  /// Bytes of an ignore list.
  static let ignoreLimit = 1_048_576
  /// Bytes of a cleanup journal: some hundred thousand steps.
  static let journalLimit = 67_108_864

  /// A file's bytes, `-` for standard input; nil with `errno` set when it can't be read or is longer.
  static func content(of path: String, limit: Int) -> [UInt8]? {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { if descriptor != STDIN_FILENO { close(descriptor) } }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= limit else {
        errno = EFBIG
        return nil
      }
    }
  }

  /// What `errno` says.
  static var lastError: String { String(cString: strerror(errno)) }
}

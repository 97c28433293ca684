import BundleFormat
import Glibc

/// Writes report files whole or not at all.
enum FileOutput {
  /// Makes a folder and those above it; false, and a sentence on standard error, when it can't.
  static func makeFolder(_ path: String) -> Bool {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += (made.isEmpty || made.hasSuffix("/") ? "" : "/") + part
      guard mkdir(made, 0o755) == 0 || errno == EEXIST else { return failed(made) }
    }
    return true
  }

  /// Writes a file beside its target and renames it.
  static func write(_ bytes: [UInt8], to path: String) -> Bool {
    let temporary = "\(path).\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { return failed(path) }
    let isWritten = Console.write(bytes, to: descriptor) && fsync(descriptor) == 0
    let code = errno
    close(descriptor)
    if isWritten && rename(temporary, path) == 0 { return true }
    if !isWritten { errno = code }
    _ = failed(path)
    unlink(temporary)
    return false
  }

  /// Removes an earlier run's file if it begins as this program writes it, and says why; false, and a
  /// sentence, when it stays.
  static func remove(_ path: String, beginning with: String, because reason: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return true }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: with.utf8.count)
    guard read(descriptor, &bytes, bytes.count) == bytes.count, bytes.elementsEqual(with.utf8)
    else { return true }
    guard unlink(path) == 0 else { return failed(path) }
    Console.warn("dmanalyze: removed \(TerminalText.escaped(path)): \(reason)")
    return true
  }

  private static func failed(_ path: String) -> Bool {
    Console.warn("dmanalyze: \(path): \(String(cString: strerror(errno)))")
    return false
  }
}

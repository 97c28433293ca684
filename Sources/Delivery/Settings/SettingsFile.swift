import Glibc

/// A file of variables that nobody but its owner can read.
enum SettingsFile {
  /// A file of settings is a few hundred bytes; what is larger is another file.
  private static let mostBytes = 65_536

  /// Reads a file's variables.
  ///
  /// What is checked is the open file, so nobody can exchange it in between.
  /// - Throws: ``DeliveryError`` when it can't be read, isn't ours or root's, is open to others, or has not
  ///   the form.
  static func variables(in path: String) throws(DeliveryError) -> [String: String] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .unreadableSettings(path: path, errorNumber: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .unreadableSettings(path: path, errorNumber: errno)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .untrustedSettings(path: path, why: "is not a file")
    }
    guard status.st_uid == geteuid() || status.st_uid == 0 else {
      throw .untrustedSettings(path: path, why: "is another user's file")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw .exposedSettings(path: path, mode: status.st_mode & 0o7777)
    }
    let bytes = try content(of: descriptor, path)
    do throws(EnvironmentText.Fault) {
      return try EnvironmentText(parsing: bytes).variables
    } catch {
      throw .malformedSettings(path: path, line: error.line, why: error.why)
    }
  }

  private static func content(
    of descriptor: Int32, _ path: String
  ) throws(DeliveryError) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .unreadableSettings(path: path, errorNumber: errno) }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= mostBytes else {
        throw .unreadableSettings(path: path, errorNumber: EFBIG)
      }
    }
  }
}

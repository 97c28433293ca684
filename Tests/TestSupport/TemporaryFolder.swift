import Glibc

/// A folder of a test's own, removed with all that is in it when it is let go.
public final class TemporaryFolder: Sendable {
  public let path: String

  public init() {
    var template = Array("/tmp/dmtools-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { fatalError("no temporary folder") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  /// Writes a file and the folders above it, and returns its path.
  @discardableResult
  public func add(_ bytes: [UInt8], as name: String, mode: mode_t = 0o600) -> String {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/\(part)"
      mkdir(folder, 0o755)
    }
    let file = "\(path)/\(name)"
    // Closed in children: a program that any other process has open for writing does not start.
    guard let stream = fopen(file, "we") else { fatalError("no \(file)") }
    fwrite(bytes, 1, bytes.count, stream)
    fclose(stream)
    chmod(file, mode)
    return file
  }

  @discardableResult
  public func add(_ text: String, as name: String, mode: mode_t = 0o600) -> String {
    add(Array(text.utf8), as: name, mode: mode)
  }

  /// Removes a file or a folder with all that is in it; a link goes, and not what it points to.
  public static func remove(_ path: String) { remove(Array(path.utf8CString.dropLast())) }

  /// The same by bytes, since names need not be UTF-8.
  private static func remove(_ path: [CChar]) {
    let terminated = path + [0]
    if unlink(terminated) == 0 { return }
    if let stream = opendir(terminated) {
      while let entry = readdir(stream) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) {
          $0.prefix { $0 != 0 }.map { CChar(bitPattern: $0) }
        }
        let isOfFolders = name == [46] || name == [46, 46]
        if !isOfFolders { remove(path + [47] + name) }
      }
      closedir(stream)
    }
    rmdir(terminated)
  }

  /// Removes a folder when the process ends, for what lives as long as all tests.
  public static func removeAtExit(_ path: String) {
    atExit = path
    atexit { TemporaryFolder.remove(TemporaryFolder.atExit) }
  }

  // Set once, before the tests that need it, and read when the process ends.
  nonisolated(unsafe) private static var atExit = ""
}

import Glibc
import TestSupport

/// A folder that goes with the value.
public final class ScratchFolder: Sendable {
  public let path: String

  public init() {
    var template = Array("/tmp/dmtools-mail-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { fatalError("no temporary folder") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  /// Writes a file, and returns its path.
  @discardableResult
  public func add(_ text: String, as name: String, mode: mode_t = 0o600) -> String {
    let file = "\(path)/\(name)"
    guard let stream = fopen(file, "w") else { fatalError("no \(file)") }
    fputs(text, stream)
    fclose(stream)
    chmod(file, mode)
    return file
  }

  /// A file's content; empty when there is none.
  public static func text(of path: String) -> String {
    String(decoding: TestFiles.bytes(of: path) ?? [], as: UTF8.self)
  }

  static func removeAtExit(_ path: String) {
    atExit = path
    atexit { ScratchFolder.remove(ScratchFolder.atExit) }
  }

  // Set once, before the tests that need it, and read when the process ends.
  nonisolated(unsafe) private static var atExit = ""

  /// Removes a folder and the files in it.
  private static func remove(_ path: String) {
    guard !path.isEmpty else { return }
    // Hidden files are not listed: tests name the few that they make.
    for name in TestFiles.names(in: path) + [".curlrc"] { unlink("\(path)/\(name)") }
    rmdir(path)
  }
}

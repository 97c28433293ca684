import Glibc

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
    guard let stream = fopen(path, "r") else { return "" }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&buffer, 1, buffer.count, stream)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
    }
  }

  static func removeAtExit(_ path: String) {
    atExit = path
    atexit { ScratchFolder.remove(ScratchFolder.atExit) }
  }

  // Set once, before the tests that need it, and read when the process ends.
  nonisolated(unsafe) private static var atExit = ""

  /// Removes a folder and the files in it.
  private static func remove(_ path: String) {
    guard !path.isEmpty, let directory = opendir(path) else { return }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { unlink("\(path)/\(name)") }
    }
    closedir(directory)
    rmdir(path)
  }
}

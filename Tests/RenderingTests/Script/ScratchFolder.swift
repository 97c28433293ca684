import Glibc

/// A folder of a test's own, removed with everything in it at the end.
final class ScratchFolder {
  let path: String

  init() {
    var template = Array("/tmp/script-test-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      mkdtemp(buffer.baseAddress!).map { String(cString: $0) } ?? "/nonexistent"
    }
  }

  deinit { _ = run("rm -rf \(path)") }

  /// Writes a file, making the folders above it.
  func write(_ bytes: [UInt8], to name: String, executable: Bool = false) {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o755)
    }
    // Closed in children: a program that any other process has open for writing does not start.
    guard let file = fopen("\(path)/\(name)", "we") else { return }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
    if executable { chmod("\(path)/\(name)", 0o755) }
  }

  func write(_ text: String, to name: String, executable: Bool = false) {
    write(Array(text.utf8), to: name, executable: executable)
  }

  /// The bytes of a file; empty where there is none.
  func read(_ name: String) -> [UInt8] {
    guard let file = fopen("\(path)/\(name)", "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }

  func exists(_ name: String) -> Bool { access("\(path)/\(name)", F_OK) == 0 }

  /// Runs a shell command; returns its exit status.
  @discardableResult
  func run(_ command: String) -> Int32 {
    let status = system(command)
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }
}

import Glibc
import TestSupport

/// What the script's tests ask of their folder.
extension TemporaryFolder {
  func write(_ bytes: [UInt8], to name: String, executable: Bool = false) {
    add(bytes, as: name, mode: executable ? 0o755 : 0o644)
  }

  func write(_ text: String, to name: String, executable: Bool = false) {
    write(Array(text.utf8), to: name, executable: executable)
  }

  /// The bytes of a file; empty where there is none.
  func read(_ name: String) -> [UInt8] { TestFiles.bytes(of: "\(path)/\(name)") ?? [] }

  func exists(_ name: String) -> Bool { access("\(path)/\(name)", F_OK) == 0 }

  /// Runs a shell command; returns its exit status.
  @discardableResult
  func run(_ command: String) -> Int32 {
    let status = system(command)
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }
}

import BundleFormat
import Glibc
import SmallNode
import TestSupport

/// A folder that goes with the value.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/dmanalyze-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { fatalError("no temporary folder") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  /// Writes a node's bundle, and returns its path.
  @discardableResult
  func add(_ node: SmallNode, as name: String = "node.tar") -> String {
    let file = "\(path)/\(name)"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    defer { close(descriptor) }
    do {
      try node.write(to: descriptor)
    } catch {
      fatalError("\(file): \(error)")
    }
    return file
  }

  @discardableResult
  func add(_ bytes: [UInt8], as name: String) -> String {
    let file = "\(path)/\(name)"
    guard let stream = fopen(file, "w") else { fatalError("no \(file)") }
    fwrite(bytes, 1, bytes.count, stream)
    fclose(stream)
    return file
  }

  func add(_ text: String, as name: String) -> String { add(Array(text.utf8), as: name) }

  /// The names in a folder below, sorted; nil when there is no such folder.
  func names(in folder: String) -> [String]? {
    guard let directory = opendir("\(path)/\(folder)") else { return nil }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  static func bytes(of path: String) -> [UInt8] { TestFiles.bytes(of: path) ?? [] }

  static func text(of path: String) -> String { String(decoding: bytes(of: path), as: UTF8.self) }

  private static func remove(_ path: String) {
    guard let directory = opendir(path) else {
      unlink(path)
      return
    }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { remove("\(path)/\(name)") }
    }
    closedir(directory)
    rmdir(path)
  }
}

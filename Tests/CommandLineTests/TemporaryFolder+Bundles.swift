import BundleFormat
import Glibc
import SmallNode
import TestSupport

extension TemporaryFolder {
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
}

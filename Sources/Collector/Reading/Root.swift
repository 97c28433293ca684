import Glibc

/// The folder below which a node's files lie: `/`, or a tree of `--root`.
public struct Root: Hashable, Sendable {
  /// Without a slash at the end; empty for `/`.
  let prefix: String

  public init(_ folder: String) {
    var prefix = folder[...]
    while prefix.hasSuffix("/") { prefix.removeLast() }
    self.prefix = String(prefix)
  }

  /// The folder as it is passed on to a helper.
  var folder: String { prefix.isEmpty ? "/" : prefix }

  /// Returns where a node's absolute path really is.
  func path(_ path: String) -> String { prefix + path }

  /// Returns the names in a folder in byte order, without `.` and `..`.
  ///
  /// - Throws: ``FileError`` when the folder can't be read.
  func names(in folder: String) throws(FileError) -> [String] {
    guard let stream = opendir(path(folder)) else {
      throw FileError(path: folder, errorNumber: errno)
    }
    defer { closedir(stream) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw FileError(path: folder, errorNumber: errno) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Returns where a symbolic link leads, as it stands there; nil when it is none.
  func target(ofLink path: String) -> String? {
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
      guard let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self) else { return nil }
      let count = readlink(self.path(path), start, buffer.count)
      guard count > 0 else { return nil }
      return String(decoding: buffer[..<count], as: UTF8.self)
    }
  }
}

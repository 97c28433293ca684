import Glibc

/// A file without a name, for as long as it is held.
final class TemporaryFile {
  let descriptor: CInt
  /// Opens the file anew, from its start.
  var path: String { "/proc/self/fd/\(descriptor)" }

  init(_ bytes: [UInt8] = []) {
    var template = Array("/tmp/dmtools-test-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    precondition(descriptor >= 0, "no temporary file")
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(template)
    write(bytes)
  }

  deinit { close(descriptor) }

  func write(_ bytes: [UInt8]) {
    precondition(Glibc.write(descriptor, bytes, bytes.count) == bytes.count, "short write")
  }

  var content: [UInt8] {
    let size = Int(lseek(descriptor, 0, SEEK_END))
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = pread(descriptor, buffer.baseAddress, size, 0)
    }
  }
}

/// A folder with a name, removed with all its content when it is let go.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/dmtools-test-XXXXXX".utf8CString)
    precondition(mkdtemp(&template) != nil, "no temporary folder")
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  deinit { Self.remove(path) }

  private static func remove(_ path: String) {
    if unlink(path) == 0 { return }
    if let stream = opendir(path) {
      while let entry = readdir(stream) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) {
          String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name != "." && name != ".." { remove("\(path)/\(name)") }
      }
      closedir(stream)
    }
    rmdir(path)
  }

  /// Writes a file and the folders above it.
  func write(_ content: [UInt8], to name: String) {
    var folder = path
    for component in name.split(separator: "/").dropLast() {
      folder += "/\(component)"
      mkdir(folder, 0o700)
    }
    let file = open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    precondition(Glibc.write(file, content, content.count) == content.count, "short write")
    close(file)
  }
}

import Glibc
import Spawn

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

  /// Whether it is the running system's own.
  var isHost: Bool { prefix.isEmpty }

  /// `O_PATH`: looks at a file without opening it. Source: `include/uapi/asm-generic/fcntl.h`.
  private static let place: Int32 = 0o10_000_000

  /// Opens a node's file or folder. Below another root than `/`, links stay below it.
  ///
  /// - Throws: ``FileError``.
  func open(_ path: String, _ flags: Int32) throws(FileError) -> Int32 {
    let descriptor =
      isHost
      ? Glibc.open(path, flags | O_CLOEXEC)
      : RootedFile.open(path, below: prefix, flags: flags)
    if descriptor >= 0 { return descriptor }
    throw FileError(path: path, errorNumber: isHost ? errno : -descriptor)
  }

  /// Opens a regular file for reading. Below another root it is looked at first: opening a device may
  /// already set it going.
  ///
  /// - Throws: ``FileError``; `EINVAL` for what is no regular file.
  func openFile(_ path: String) throws(FileError) -> Int32 {
    let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY
    if isHost { return try open(path, flags) }
    let place = try open(path, Self.place)
    defer { close(place) }
    var status = stat()
    guard fstat(place, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw FileError(path: path, errorNumber: EINVAL)
    }
    let descriptor = Glibc.open("/proc/self/fd/\(place)", flags | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path, errorNumber: errno) }
    return descriptor
  }

  /// What is at a path, a link as itself; nil when nothing is.
  func status(of path: String) -> stat? {
    var status = stat()
    if isHost { return lstat(path, &status) == 0 ? status : nil }
    guard let place = try? open(path, Self.place | O_NOFOLLOW) else { return nil }
    defer { close(place) }
    return fstat(place, &status) == 0 ? status : nil
  }

  /// Returns the names in a folder in byte order, without `.` and `..`.
  ///
  /// - Throws: ``FileError`` when the folder can't be read.
  func names(in folder: String) throws(FileError) -> [String] {
    let descriptor = try open(folder, O_RDONLY | O_DIRECTORY)
    guard let stream = fdopendir(descriptor) else {
      let errorNumber = errno
      close(descriptor)
      throw FileError(path: folder, errorNumber: errorNumber)
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
      let count: Int
      if isHost {
        count = readlink(path, start, buffer.count)
      } else {
        guard let place = try? open(path, Self.place | O_NOFOLLOW) else { return nil }
        defer { close(place) }
        count = readlinkat(place, "", start, buffer.count)
      }
      guard count > 0 else { return nil }
      return String(decoding: buffer[..<count], as: UTF8.self)
    }
  }
}

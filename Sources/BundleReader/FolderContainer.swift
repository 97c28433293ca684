import Glibc

/// A bundle unpacked into a folder. Links are not followed, and nothing outside is read.
struct FolderContainer: ~Copyable {
  private var table: EntryTable
  private let descriptor: CInt

  /// - Parameter descriptor: The folder, open; it stays the caller's to close.
  init(descriptor: CInt, limits: ReadingLimits) {
    self.descriptor = descriptor
    table = EntryTable(limits: limits)
  }

  /// Reads all files, folder by folder in the order of their names' bytes.
  consuming func read() throws(BundleError) -> EntryTable {
    // The manifest first, as in an archive: a newer format may look like anything.
    let names = try Self.names(in: descriptor)
    let manifest = Array(EntryTable.manifestPath.utf8)
    guard names.contains(manifest) else {
      throw .notABundle(reason: "the folder has no \(EntryTable.manifestPath)")
    }
    try read(manifest, in: descriptor, below: [])
    for name in names where name != manifest { try read(name, in: descriptor, below: []) }
    return table
  }

  /// Reads a file or folder.
  private mutating func read(
    _ name: [UInt8], in folder: CInt, below parent: [UInt8]
  ) throws(BundleError) {
    let relative = parent + name
    let shown = String(decoding: relative, as: UTF8.self)
    // Looked at before it is opened: opening a device may do something.
    guard try Self.isFileOrFolder(Self.status(of: name, in: folder, shown: shown)) else {
      throw .refusedEntry(name: shown, reason: "is no plain file and no folder")
    }
    let child = openat(folder, Self.cString(name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard child >= 0 else {
      throw .unreadable(reason: "\(shown): \(String(cString: strerror(errno)))")
    }
    defer { close(child) }
    // Looked at again: it may have been exchanged in between.
    var status = stat()
    guard fstat(child, &status) == 0, Self.isFileOrFolder(status) else {
      throw .unreadable(reason: "\(shown) changed while it was read")
    }
    let type = status.st_mode & S_IFMT
    // An archive's entries lie in a top folder; here it may have any name.
    let path = try table.admit(name: Array("bundle/".utf8) + relative, isFolder: type == S_IFDIR)
    if type == S_IFREG {
      try table.add(path: path, content: try content(of: child, path: path, status: status))
      return
    }
    let prefix = relative + [UInt8(ascii: "/")]
    for name in try Self.names(in: child) { try read(name, in: child, below: prefix) }
  }

  private func content(
    of file: CInt, path: String, status: stat
  ) throws(BundleError) -> [UInt8] {
    try table.checkRoom(for: Int(status.st_size), path: path)
    var content: [UInt8] = []
    content.reserveCapacity(Int(status.st_size) + 1)
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        throw .unreadable(reason: "\(path): \(String(cString: strerror(errno)))")
      }
      if count == 0 { return content }
      try table.checkRoom(for: content.count + count, path: path)
      content.append(contentsOf: chunk[..<count])
    }
  }

  /// Returns the names in a folder in the order of their bytes, without `.` and `..`.
  private static func names(in folder: CInt) throws(BundleError) -> [[UInt8]] {
    // A descriptor of its own: closing the stream closes it, and this folder's is still needed.
    let own = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard own >= 0, let stream = fdopendir(own) else {
      if own >= 0 { close(own) }
      throw .unreadable(reason: String(cString: strerror(errno)))
    }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    while let entry = readdir(stream) {
      let start = UnsafeRawPointer(entry) + MemoryLayout<dirent>.offset(of: \.d_name)!
      let name = start.assumingMemoryBound(to: CChar.self)
      let bytes = Array(UnsafeRawBufferPointer(start: name, count: strlen(name)))
      if bytes != [0x2E] && bytes != [0x2E, 0x2E] { names.append(bytes) }
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private static func status(
    of name: [UInt8], in folder: CInt, shown: String
  ) throws(BundleError) -> stat {
    var status = stat()
    guard fstatat(folder, cString(name), &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      throw .unreadable(reason: "\(shown): \(String(cString: strerror(errno)))")
    }
    return status
  }

  private static func isFileOrFolder(_ status: stat) -> Bool {
    let type = status.st_mode & S_IFMT
    return type == S_IFREG || type == S_IFDIR
  }

  private static func cString(_ bytes: [UInt8]) -> [CChar] {
    bytes.map { CChar(bitPattern: $0) } + [0]
  }
}

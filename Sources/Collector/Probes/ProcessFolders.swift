import Glibc

/// The processes of `/proc`, and what the probes read of each.
struct ProcessFolders {
  let root: Root

  init(below root: Root) { self.root = root }

  /// All process numbers, lowest first; the reader's own is left out.
  ///
  /// - Throws: ``FileError`` when there is no `/proc`.
  func pids() throws(FileError) -> [Int] {
    let own = Int(getpid())
    let names = try root.names(in: "/proc")
    return names.compactMap { Int($0) }.filter { $0 > 0 && $0 != own }.sorted()
  }

  /// A process's arguments; empty for a kernel thread or one that has ended.
  ///
  /// Source: `/proc/PID/cmdline`, proc(5).
  func arguments(of pid: Int) -> [String] {
    guard let content = try? root.read("/proc/\(pid)/cmdline", limit: 256 << 10),
      !content.bytes.isEmpty
    else { return [] }
    return content.bytes.split(separator: 0, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// What `/proc/PID/stat` says behind the name in parentheses, and the name; nil when it is gone.
  ///
  /// Field 3 of proc(5) is the first; the name may hold blanks and parentheses.
  func status(of pid: Int) -> (name: String, fields: [Substring])? {
    guard let line = root.line(of: "/proc/\(pid)/stat"),
      let open = line.firstIndex(of: "("), let close = line.lastIndex(of: ")"), open < close
    else { return nil }
    let name = line[line.index(after: open)..<close]
    return (String(name), line[line.index(after: close)...].split(separator: " "))
  }

  /// Calls with the path behind each of a process's open files that lies in `/dev`.
  ///
  /// Only links are read: no file is opened or looked at, so nothing that hangs can be met.
  func forEachDeviceFile(of pid: Int, _ body: (String) -> Void) {
    guard let descriptor = try? root.open("/proc/\(pid)/fd", O_RDONLY | O_DIRECTORY) else { return }
    guard let stream = fdopendir(descriptor) else {
      close(descriptor)
      return
    }
    defer { closedir(stream) }
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
      guard let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self) else { return }
      while let entry = readdir(stream) {
        let count = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 1) {
            $0[0] == CChar(UInt8(ascii: ".")) ? 0 : readlinkat(descriptor, $0, start, 4096)
          }
        }
        guard count > 5, memcmp(start, "/dev/", 5) == 0 else { continue }
        body(String(decoding: buffer[..<count], as: UTF8.self))
      }
    }
  }
}

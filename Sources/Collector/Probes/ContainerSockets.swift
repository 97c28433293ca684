/// The command sockets of running containers. Source: `/proc/net/unix`, `@/var/lib/lxc/ID/command`.
enum ContainerSockets {
  /// The socket lines as the kernel prints them.
  ///
  /// - Throws: ``FileError`` when the kernel doesn't say.
  static func lines(below root: Root) throws(FileError) -> [UInt8] {
    let content = try root.read("/proc/net/unix", limit: 64 << 20)
    let mark = Array("@/var/lib/lxc/".utf8)
    var lines: [UInt8] = []
    for line in content.bytes.split(separator: UInt8(ascii: "\n")) where line.contains(mark) {
      lines += line
      lines.append(UInt8(ascii: "\n"))
    }
    return lines
  }
}

extension RandomAccessCollection<UInt8> where Index == Int {
  /// Whether these bytes stand somewhere in it.
  func contains(_ mark: [UInt8]) -> Bool { firstRange(of: mark) != nil }

  /// Returns where these bytes first stand.
  func firstRange(of mark: [UInt8]) -> Range<Int>? {
    guard let first = mark.first, count >= mark.count else { return nil }
    var start = startIndex
    let last = endIndex - mark.count
    while start <= last {
      guard let candidate = self[start...last].firstIndex(of: first) else { return nil }
      if self[candidate..<(candidate + mark.count)].elementsEqual(mark) {
        return candidate..<(candidate + mark.count)
      }
      start = candidate + 1
    }
    return nil
  }
}

/// Versions of PVE and of Debian packages.
enum Versions {
  /// Reads `pve-manager/8.4.0/hash (running kernel: 6.8.12-1-pve)`. Source: `pveversion`.
  ///
  /// - Throws: ``ParseError`` for any other text.
  static func parsePVE(
    _ bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) -> (version: String, kernel: String?) {
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      guard bytes.starts(line, with: "pve-manager/") else { continue }
      let start = line.lowerBound + 12
      var end = start
      while end < line.upperBound, bytes[end] != UInt8(ascii: "/"), !bytes[end].isBlank {
        end += 1
      }
      guard end > start else { break }
      let marker: StaticString = "running kernel: "
      let kernel = bytes.firstIndex(of: marker, in: line).flatMap { found -> String? in
        let from = found + marker.utf8CodeUnitCount
        guard let to = bytes.firstIndex(of: UInt8(ascii: ")"), in: from..<line.upperBound)
        else { return nil }
        return bytes.text(from..<to)
      }
      return (bytes.text(start..<end), kernel)
    }
    throw origin.expected("the version of pve-manager", in: bytes, 0..<bytes.count, line: 1)
  }

  /// Reads `NAME<tab>VERSION<tab>STATUS` and leaves out what isn't installed. Source: `dpkg-query -W`.
  ///
  /// - Throws: ``ParseError`` for a line that is no package's.
  static func parsePackages(
    _ bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) -> [String: String] {
    try origin.requireWholeLines(bytes)
    var versions: [String: String] = [:]
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      var parts = PartWalk(line, by: UInt8(ascii: "\t"))
      guard let name = parts.next(in: bytes), !name.isEmpty, let version = parts.next(in: bytes),
        let status = parts.next(in: bytes)
      else { throw origin.expected("a package", in: bytes, line, line: lines.number) }
      // `ii`: wanted and installed. A foreign architecture's name has a suffix.
      guard bytes.starts(status, with: "ii") else { continue }
      let colon = bytes.firstIndex(of: UInt8(ascii: ":"), in: name)
      versions[bytes.text(name.lowerBound..<(colon ?? name.upperBound))] = bytes.text(version)
    }
    return versions
  }
}

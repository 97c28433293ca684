import BundleFormat

/// Text, line by line: what a redaction leaves has the same lines in the same order.
enum Lines {
  /// Returns the text with each line (without its line break) replaced.
  static func map(
    _ bytes: [UInt8], _ transform: (ArraySlice<UInt8>) -> [UInt8]
  ) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 8)
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n"))
      result += transform(bytes[start..<(end ?? bytes.count)])
      guard let end else { break }
      result.append(UInt8(ascii: "\n"))
      start = end + 1
    }
    return result
  }

  /// Calls with each line, without its line break.
  static func forEach(_ bytes: [UInt8], _ body: (ArraySlice<UInt8>) -> Void) {
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      body(bytes[start..<end])
      start = end + 1
    }
  }

  /// Returns the last lines that hold one of the words.
  static func last(_ count: Int, of bytes: [UInt8], containing words: [String]) -> [UInt8] {
    let marks = words.map { Array($0.utf8) }
    var kept: [ArraySlice<UInt8>] = []
    forEach(bytes) { line in
      if marks.contains(where: { line.contains($0) }) { kept.append(line) }
    }
    return kept.suffix(count).flatMap { $0 + [UInt8(ascii: "\n")] }
  }

  /// Returns a text that was cut off without what may be the beginning of a secret: no secret goes on
  /// behind a line's end, and of a longer one the searched part would be found.
  static func withoutBegunSecret(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let end = bytes.suffix(SecretSet.searchedBytes - 1)
    let lineEnd = end.lastIndex(of: UInt8(ascii: "\n"))
    return bytes[..<(lineEnd.map { $0 + 1 } ?? end.startIndex)]
  }

  /// Returns the text with every line cut to so many bytes; nil when none is longer.
  static func cut(_ bytes: [UInt8], to limit: Int = BundleBounds.lineBytes) -> [UInt8]? {
    var isLonger = false
    var start = 0
    while !isLonger, bytes.count - start > limit {
      // As far as a line may reach, from there back to a break.
      let last = bytes[start...(start + limit)].lastIndex(of: UInt8(ascii: "\n"))
      isLonger = last == nil
      start = (last ?? start) + 1
    }
    guard isLonger else { return nil }
    return map(bytes) { line in
      Array(line.count > limit ? withoutBegunSecret(line.prefix(limit)) : line)
    }
  }
}

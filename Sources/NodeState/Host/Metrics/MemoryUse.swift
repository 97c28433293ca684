/// Memory and swap. Source: `/proc/meminfo`, proc(5).
struct MemoryUse: Equatable {
  let totalBytes: Int
  /// What is not available to programs without swapping.
  let usedBytes: Int
  let swapTotalBytes: Int
  let swapUsedBytes: Int

  /// Reads the file.
  ///
  /// - Throws: ``ParseError`` when a figure that is needed is missing.
  static func parse(_ bytes: Span<UInt8>, from origin: EntryOrigin) throws(ParseError) -> MemoryUse
  {
    var figures: [String: Int] = [:]
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      guard let colon = bytes.firstIndex(of: UInt8(ascii: ":"), in: line) else { continue }
      var fields = FieldWalk((colon + 1)..<line.upperBound)
      guard let number = fields.next(in: bytes).flatMap({ bytes.integer($0) }),
        let unit = fields.next(in: bytes), bytes.equals(unit, "kB"), number < Int.max / 1024
      else { continue }
      figures[bytes.text(line.lowerBound..<colon)] = number * 1024
    }
    guard let total = figures["MemTotal"], let available = figures["MemAvailable"],
      let swap = figures["SwapTotal"], let free = figures["SwapFree"]
    else { throw origin.expected("memory figures", in: bytes, 0..<bytes.count, line: 1) }
    return MemoryUse(
      totalBytes: total, usedBytes: max(0, total - available), swapTotalBytes: swap,
      swapUsedBytes: max(0, swap - free))
  }
}

/// A place in a report, and its line.
struct ReportCursor {
  var position = 0
  private(set) var line = 1
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The byte at the place; nil at the end.
  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func skipBlanks() {
    (position, line) = bytes.span.endOfBlanks(from: position, line: line)
  }

  mutating func move(to position: Int, line: Int) {
    self.position = position
    self.line = line
  }
}

extension Span where Element == UInt8 {
  /// Returns where something else than JSON's blanks stands, or the end, and its line.
  fileprivate func endOfBlanks(from start: Int, line: Int) -> (position: Int, line: Int) {
    var (position, line) = (start, line)
    precondition(start >= 0)
    while position < count {
      switch self[unchecked: position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position &+= 1
      case UInt8(ascii: "\n"):
        position &+= 1
        line += 1
        // A row is indented.
        while position &+ 8 <= count, uncheckedWord(at: position) == 0x2020_2020_2020_2020 {
          position &+= 8
        }
      default: return (position, line)
      }
    }
    return (position, line)
  }

  /// Returns where the first byte stands that is no plain ASCII of a JSON string: `"`, `\`, a control
  /// character or a byte from 80 on; the end when there is none.
  @inline(__always)
  func firstOutsideText(from start: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    precondition(start >= 0)
    var position = start
    while position &+ 8 <= count {
      let word = uncheckedWord(at: position)
      let control = (word &- ones &* 0x20) & ~word
      let quote = word ^ (ones &* 0x22)
      let backslash = word ^ (ones &* 0x5C)
      let hit =
        (control | ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | word)
        & 0x8080_8080_8080_8080
      if hit != 0 { return position &+ hit.trailingZeroBitCount / 8 }
      position &+= 8
    }
    while position < count {
      let byte = self[position]
      if byte < 0x20 || byte >= 0x80 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        return position
      }
      position += 1
    }
    return count
  }
}

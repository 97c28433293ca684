extension JSONScanner {
  /// Takes a string, from its opening quote on.
  mutating func scanString() throws(JSONError) {
    position += 1
    let start = position
    hasEscapes = false
    while true {
      position = bytes.withUnsafeBytes { $0.firstOfJSONSyntax(from: position, to: end) }
      guard position < end else { throw .unexpectedEnd(line: line) }
      switch bytes[position] {
      case UInt8(ascii: "\""):
        range = start..<position
        position += 1
        return
      case UInt8(ascii: "\\"):
        hasEscapes = true
        try scanEscape()
      case 0x80...:
        guard let length = sequenceLength(at: position) else { throw .invalidString(line: line) }
        position += length
      default: throw .invalidString(line: line)
      }
    }
  }

  private mutating func scanEscape() throws(JSONError) {
    position += 1
    guard let byte = peek else { throw .unexpectedEnd(line: line) }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return
    case UInt8(ascii: "u"):
      let unit = try scanFourDigits()
      if !UTF16.isSurrogate(unit) { return }
      guard UTF16.isLeadSurrogate(unit), peek == UInt8(ascii: "\\") else {
        throw .invalidString(line: line)
      }
      position += 1
      guard peek == UInt8(ascii: "u") else { throw .invalidString(line: line) }
      position += 1
      guard UTF16.isTrailSurrogate(try scanFourDigits()) else { throw .invalidString(line: line) }
    default: throw .invalidString(line: line)
    }
  }

  private mutating func scanFourDigits() throws(JSONError) -> UInt16 {
    guard position + 4 <= end else { throw .unexpectedEnd(line: line) }
    guard let unit = bytes[position..<position + 4].hexadecimal else {
      throw .invalidString(line: line)
    }
    position += 4
    return unit
  }

  /// Returns how many bytes the character has that begins with that byte; nil when it is ill-formed.
  ///
  /// Source: The Unicode Standard, table 3-7.
  private func sequenceLength(at position: Int) -> Int? {
    func isTrail(_ offset: Int, _ allowed: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      position + offset < end && allowed.contains(bytes[position + offset])
    }
    switch bytes[position] {
    case 0xC2...0xDF: return isTrail(1) ? 2 : nil
    case 0xE0: return isTrail(1, 0xA0...0xBF) && isTrail(2) ? 3 : nil
    case 0xED: return isTrail(1, 0x80...0x9F) && isTrail(2) ? 3 : nil
    case 0xE1...0xEF: return isTrail(1) && isTrail(2) ? 3 : nil
    case 0xF0: return isTrail(1, 0x90...0xBF) && isTrail(2) && isTrail(3) ? 4 : nil
    case 0xF1...0xF3: return isTrail(1) && isTrail(2) && isTrail(3) ? 4 : nil
    case 0xF4: return isTrail(1, 0x80...0x8F) && isTrail(2) && isTrail(3) ? 4 : nil
    default: return nil
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Where the next byte stands that ends a run of plain ASCII in a JSON string; the end when there is none.
  ///
  /// - Parameter end: At most the count.
  func firstOfJSONSyntax(from start: Int, to end: Int) -> Int {
    var position = start
    while position + 8 <= end {
      let word = loadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian
      let special = word.bytesOfJSONSyntax
      if special != 0 { return position + special.trailingZeroBitCount / 8 }
      position += 8
    }
    while position < end {
      let byte = self[position]
      if byte < 0x20 || byte >= 0x80 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        break
      }
      position += 1
    }
    return position
  }
}

extension UInt64 {
  /// The high bit of the first byte that ends a run of plain text in a JSON string: a control character,
  /// `"`, `\` or a byte from 80 on. Bits above the lowest one set may be wrong.
  ///
  /// Source: "Determine if a word has a byte less than n", Bit Twiddling Hacks.
  fileprivate var bytesOfJSONSyntax: UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    func zero(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }
    let control = (self &- ones &* 0x20) & ~self
    let quote = zero(self ^ (ones &* 0x22))
    let backslash = zero(self ^ (ones &* 0x5C))
    return (control | quote | backslash | self) & 0x8080_8080_8080_8080
  }
}

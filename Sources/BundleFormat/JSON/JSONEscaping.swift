extension ByteBuffer {
  /// Appends UTF-8 text as what stands between the quotes of a JSON string.
  ///
  /// Escaped are `"`, `\`, control characters, and U+2028 and U+2029, which end a line in JavaScript.
  mutating func append(escaping text: UnsafeBufferPointer<UInt8>) {
    _ = append(escaping: text, isASCIIOnly: false)
  }

  /// The same for ASCII text; false where it is not, and then a part of it may have been appended.
  ///
  /// Eight bytes are copied at a time; the first of them that is special is then written otherwise.
  mutating func append(escaping text: UnsafeBufferPointer<UInt8>, isASCIIOnly: Bool) -> Bool {
    var position = 0
    // Before each turn there is room for the rest, for seven bytes of a word beyond it and for an escape.
    makeRoom(for: text.count + 16)
    while position < text.count {
      let (word, length) = text.word(at: position)
      let special = word.specialBytes & UInt64.lowBytes(length)
      if special == 0 {
        put(word, count: length)
        position += length
        continue
      }
      let clean = special.trailingZeroBitCount / 8
      put(word, count: clean)
      position += clean
      let byte = text[position]
      if byte < 0x80 {
        append(escape: byte)
        position += 1
      } else if isASCIIOnly {
        return false
      } else {
        position += append(nonASCIIAt: position, of: text)
      }
      makeRoom(for: text.count - position + 16)
    }
    return true
  }

  /// Appends the byte that stands there, or the separator that begins with it; returns how long that was.
  private mutating func append(nonASCIIAt position: Int, of text: UnsafeBufferPointer<UInt8>) -> Int
  {
    // U+2028 and U+2029 are E2 80 A8 and E2 80 A9.
    if text[position] == 0xE2, position + 2 < text.count, text[position + 1] == 0x80,
      text[position + 2] | 1 == 0xA9
    {
      append(literal: text[position + 2] == 0xA8 ? "\\u2028" : "\\u2029")
      return 3
    }
    put(text[position])
    return 1
  }

  private mutating func append(escape byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append(literal: "\\\"")
    case UInt8(ascii: "\\"): append(literal: "\\\\")
    case UInt8(ascii: "\n"): append(literal: "\\n")
    case UInt8(ascii: "\r"): append(literal: "\\r")
    case UInt8(ascii: "\t"): append(literal: "\\t")
    default:
      append(literal: "\\u00")
      makeRoom(for: 2)
      put(byte.hexDigits.high)
      put(byte.hexDigits.low)
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The next bytes, eight where there are as many, the first one lowest; `position` is below the count.
  @inline(__always)
  fileprivate func word(at position: Int) -> (word: UInt64, length: Int) {
    let rest = count - position
    if rest >= 8 {
      let word = UnsafeRawBufferPointer(self).loadUnaligned(
        fromByteOffset: position, as: UInt64.self)
      return (UInt64(littleEndian: word), 8)
    }
    if count >= 8 {
      // The last eight bytes, less those that were taken already.
      let word = UnsafeRawBufferPointer(self).loadUnaligned(
        fromByteOffset: count - 8, as: UInt64.self)
      return (UInt64(littleEndian: word) >> UInt64(8 * (8 - rest)), rest)
    }
    var word: UInt64 = 0
    for offset in 0..<rest { word |= UInt64(self[position + offset]) << UInt64(8 * offset) }
    return (word, rest)
  }
}

extension UInt64 {
  /// The high bits of the lowest 0 to 8 bytes.
  @inline(__always)
  fileprivate static func lowBytes(_ count: Int) -> UInt64 {
    0x8080_8080_8080_8080 & (UInt64.max &>> UInt64((8 - count) * 8 & 63))
  }

  /// The high bit of each byte that is a control character, `"`, `\` or beyond ASCII.
  ///
  /// Source: "Determine if a word has a byte less than n", Bit Twiddling Hacks. Bytes above the lowest
  /// such byte may be marked wrongly; the lowest mark is always right.
  @inline(__always)
  fileprivate var specialBytes: UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let quote = self ^ (ones &* 0x22)
    let backslash = self ^ (ones &* 0x5C)
    let control = (self &- ones &* 0x20) & ~self
    return (self | control | ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash))
      & highs
  }
}

extension UInt8 {
  /// The byte as two lower-case hexadecimal digits.
  var hexDigits: (high: UInt8, low: UInt8) {
    func digit(_ value: UInt8) -> UInt8 {
      value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
    }
    return (digit(self >> 4), digit(self & 15))
  }
}

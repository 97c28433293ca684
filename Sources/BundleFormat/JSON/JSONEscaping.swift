extension ByteBuffer {
  /// Appends UTF-8 text as what stands between the quotes of a JSON string, and leaves room for a byte.
  ///
  /// Escaped are `"`, `\`, control characters, and U+2028 and U+2029, which end a line in JavaScript.
  mutating func append(escaping text: UnsafeBufferPointer<UInt8>) {
    _ = append(escaping: text, isASCIIOnly: false)
  }

  /// The same for ASCII text; false where it is not, and then a part of it may have been appended.
  ///
  /// Eight bytes are copied at a time; the first special one is then written otherwise.
  mutating func append(escaping text: UnsafeBufferPointer<UInt8>, isASCIIOnly: Bool) -> Bool {
    // Before each turn there is room for the rest and for sixteen bytes more.
    makeRoom(for: text.count &+ 16)
    guard let start = text.baseAddress else { return true }
    var next = UnsafeRawPointer(start)
    let limit = next + text.count
    while true {
      next += copyPlain(from: next, to: limit)
      if next == limit { return true }
      let byte = next.load(as: UInt8.self)
      if byte < 0x80 {
        append(escape: byte)
        next += 1
      } else if isASCIIOnly {
        return false
      } else {
        next += append(nonASCIIAt: next, limit: limit)
      }
      makeRoom(for: limit - next &+ 16)
    }
  }

  /// Appends the bytes up to the first special one, or up to `limit`; returns how many these are.
  ///
  /// Reads none at or behind `limit`. Needs room for them all and for eight bytes more.
  @inline(__always)
  private mutating func copyPlain(
    from start: UnsafeRawPointer, to limit: UnsafeRawPointer
  ) -> Int {
    var next = start
    var target = end
    var special: UInt64 = 0
    while limit - next >= 8 {
      let word = UInt64(littleEndian: next.loadUnaligned(as: UInt64.self))
      target.storeBytes(of: word.littleEndian, as: UInt64.self)
      special = word.specialBytes
      if special != 0 { break }
      next += 8
      target += 8
    }
    let rest = limit - next
    if special == 0 && rest > 0 {
      let word = next.word(of: rest)
      target.storeBytes(of: word.littleEndian, as: UInt64.self)
      special = word.specialBytes & (UInt64.max &>> UInt64(64 &- 8 &* rest))
      if special == 0 { next += rest }
    }
    if special != 0 { next += special.trailingZeroBitCount / 8 }
    advance(by: next - start)
    return next - start
  }

  /// Appends the byte that stands there, or the separator that begins with it; returns how long that was.
  private mutating func append(nonASCIIAt place: UnsafeRawPointer, limit: UnsafeRawPointer) -> Int {
    func byte(_ offset: Int) -> UInt8 { place.load(fromByteOffset: offset, as: UInt8.self) }
    // U+2028 and U+2029 are E2 80 A8 and E2 80 A9.
    if byte(0) == 0xE2, limit - place > 2, byte(1) == 0x80, byte(2) | 1 == 0xA9 {
      append(literal: byte(2) == 0xA8 ? "\\u2028" : "\\u2029")
      return 3
    }
    put(byte(0))
    return 1
  }

  private mutating func append(escape byte: UInt8) {
    makeRoom(for: 6)
    put(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): put(byte)
    case UInt8(ascii: "\n"): put(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): put(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): put(UInt8(ascii: "t"))
    default:
      put(UInt8(ascii: "u"))
      put(UInt8(ascii: "0"))
      put(UInt8(ascii: "0"))
      put(byte.hexDigits.high)
      put(byte.hexDigits.low)
    }
  }
}

extension UnsafeRawPointer {
  /// The next bytes, 1 to 7, as a word, the first one lowest. Reads no other byte.
  @inline(__always)
  fileprivate func word(of length: Int) -> UInt64 {
    if length >= 4 {
      let low = UInt32(littleEndian: loadUnaligned(as: UInt32.self))
      let high = UInt32(
        littleEndian: loadUnaligned(fromByteOffset: length &- 4, as: UInt32.self))
      return UInt64(low) | UInt64(high) &<< UInt64(8 &* (length &- 4))
    }
    // Of one to three bytes: the first, the middle and the last, some of them the same.
    let (middle, last) = (length / 2, length &- 1)
    return UInt64(load(as: UInt8.self))
      | UInt64(load(fromByteOffset: middle, as: UInt8.self)) &<< UInt64(8 &* middle)
      | UInt64(load(fromByteOffset: last, as: UInt8.self)) &<< UInt64(8 &* last)
  }
}

extension UInt64 {
  /// The high bit of each byte that is a control character, `"`, `\` or beyond ASCII.
  ///
  /// Source: "Determine if a word has a byte less than n", Bit Twiddling Hacks. Bytes above the lowest
  /// such byte may be marked wrongly; the lowest mark is always right.
  @inline(__always)
  fileprivate var specialBytes: UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let control = self &- ones &* 0x20
    let quote = (self ^ (ones &* 0x22)) &- ones
    let backslash = (self ^ (ones &* 0x5C)) &- ones
    // Below 0x80, a difference has its high bit only where it is below zero.
    return (self | control | quote | backslash) & (ones &* 0x80)
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

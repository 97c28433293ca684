extension ByteBuffer {
  /// Appends UTF-8 text as what stands between the quotes of a JSON string, and leaves room for a byte.
  ///
  /// Escaped are `"`, `\`, control characters, and U+2028 and U+2029, which end a line in JavaScript.
  mutating func append(escaping text: UnsafeBufferPointer<UInt8>) {
    _ = append(escaping: text, isASCIIOnly: false)
  }

  /// The same for ASCII text; false where it is not, and then a part of it may have been appended.
  ///
  /// Sixteen bytes are copied at a time; the first special one is then written otherwise.
  mutating func append(escaping text: UnsafeBufferPointer<UInt8>, isASCIIOnly: Bool) -> Bool {
    // There is room for the rest, a block behind it, and so many bytes more.
    var spare = 64
    makeRoom(for: text.count &+ 16 &+ spare)
    guard let start = text.baseAddress else { return true }
    var next = UnsafeRawPointer(start)
    let limit = next + text.count
    var target = end
    while next < limit {
      let rest = limit - next
      let length = rest < 16 ? min(rest, 8) : 16
      let plain = rest < 16 ? target.copy(wordOf: length, from: next) : target.copy(blockFrom: next)
      next += plain
      target += plain
      if plain == length { continue }
      let byte = next.load(as: UInt8.self)
      if spare > 0, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        target.storeBytes(of: UInt8(ascii: "\\"), as: UInt8.self)
        target.storeBytes(of: byte, toByteOffset: 1, as: UInt8.self)
        target += 2
        next += 1
        spare &-= 1
        continue
      }
      advance(by: target - end)
      if byte < 0x80 {
        append(escape: byte)
        next += 1
      } else if isASCIIOnly {
        return false
      } else {
        next += append(nonASCIIAt: next, limit: limit)
      }
      spare = 64
      makeRoom(for: limit - next &+ 16 &+ spare)
      target = end
    }
    advance(by: target - end)
    return true
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
  /// The next bytes, 1 to 8, as a word, the first one lowest. Reads no other byte.
  @inline(__always)
  fileprivate func word(of length: Int) -> UInt64 {
    if length == 8 { return UInt64(littleEndian: loadUnaligned(as: UInt64.self)) }
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

extension UnsafeMutableRawPointer {
  /// Copies sixteen bytes; returns how many of them are plain, up to the first special one.
  @inline(__always)
  fileprivate func copy(blockFrom source: UnsafeRawPointer) -> Int {
    let block = source.loadUnaligned(as: SIMD16<UInt8>.self)
    storeBytes(of: block, as: SIMD16<UInt8>.self)
    return block.plainBytes
  }

  /// Copies 1 to 8 bytes, and any others behind them up to eight; returns the same.
  @inline(__always)
  fileprivate func copy(wordOf length: Int, from source: UnsafeRawPointer) -> Int {
    let word = source.word(of: length)
    storeBytes(of: word.littleEndian, as: UInt64.self)
    return word.plainBytes
  }
}

extension SIMD16<UInt8> {
  /// How many bytes stand before the first control character, `"`, `\` or byte beyond ASCII; 16 without one.
  @inline(__always)
  fileprivate var plainBytes: Int {
    // As a signed number, a byte beyond ASCII is below zero.
    let special =
      (SIMD16<Int8>(truncatingIfNeeded: self) .< SIMD16<Int8>(repeating: 0x20))
      .| (self .== SIMD16(repeating: UInt8(ascii: "\"")))
      .| (self .== SIMD16(repeating: UInt8(ascii: "\\")))
    let words = unsafeBitCast(special, to: SIMD2<UInt64>.self)
    if words[0] | words[1] == 0 { return 16 }
    return words[0] == 0
      ? 8 &+ words[1].littleEndian.trailingZeroBitCount / 8
      : words[0].littleEndian.trailingZeroBitCount / 8
  }
}

extension UInt64 {
  /// The same of eight bytes, the first one lowest; 8 without one. A byte of zero is a control character.
  ///
  /// Source: "Determine if a word has a byte less than n", Bit Twiddling Hacks. Bytes above the lowest
  /// such byte may be marked wrongly; the lowest mark is always right.
  @inline(__always)
  fileprivate var plainBytes: Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let control = self &- ones &* 0x20
    let quote = (self ^ (ones &* 0x22)) &- ones
    let backslash = (self ^ (ones &* 0x5C)) &- ones
    // Below 0x80, a difference has its high bit only where it is below zero.
    let marks = (self | control | quote | backslash) & (ones &* 0x80)
    return marks.trailingZeroBitCount / 8
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

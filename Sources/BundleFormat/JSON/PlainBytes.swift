// Which bytes of a JSON string stand as they are, and copying these.

extension UnsafeMutableRawPointer {
  /// Copies the bytes before the first control character, `"`, `\` or byte beyond ASCII; returns how many
  /// these are.
  ///
  /// Sixteen bytes are copied at a time, and the last sixteen even where some of them were copied before.
  /// Reads `count` bytes; may write as many, and eight where these are fewer.
  @inline(__always)
  func copyPlain(from source: UnsafePointer<UInt8>, count: Int) -> Int {
    let source = UnsafeRawPointer(source)
    if count >= 16 {
      var offset = 0
      while true {
        let block = (source + offset).loadUnaligned(as: SIMD16<UInt8>.self)
        storeBytes(of: block, toByteOffset: offset, as: SIMD16<UInt8>.self)
        let plain = block.plainBytes
        if plain < 16 { return offset &+ plain }
        if offset == count &- 16 { return count }
        offset = min(offset &+ 16, count &- 16)
      }
    }
    if count <= 0 { return 0 }
    var plain = 0
    if count > 8 {
      plain = copyWord(from: source, of: 8, to: 0)
      if plain < 8 { return plain }
      plain = count &- 8
    }
    return plain &+ copyWord(from: source + plain, of: min(count, 8), to: plain)
  }

  /// Copies 1 to 8 bytes and, up to eight, zeros behind them; returns how many are plain.
  @inline(__always)
  private func copyWord(from source: UnsafeRawPointer, of length: Int, to offset: Int) -> Int {
    let word = source.word(of: length)
    storeBytes(of: word.littleEndian, toByteOffset: offset, as: UInt64.self)
    return word.plainBytes
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
    let (middle, last) = (length &>> 1, length &- 1)
    return UInt64(load(as: UInt8.self))
      | UInt64(load(fromByteOffset: middle, as: UInt8.self)) &<< UInt64(8 &* middle)
      | UInt64(load(fromByteOffset: last, as: UInt8.self)) &<< UInt64(8 &* last)
  }
}

extension SIMD16<UInt8> {
  /// How many bytes stand before the first control character, `"`, `\` or byte beyond ASCII; 16 without one.
  @inline(__always)
  fileprivate var plainBytes: Int {
    // As a signed number, a byte beyond ASCII is below zero.
    let special =
      (SIMD16<Int8>(truncatingIfNeeded: self) .< SIMD16<Int8>(repeating: 0x20))
      .| (self .== SIMD16(repeating: 0x7F))
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
    let delete = (self ^ (ones &* 0x7F)) &- ones
    let quote = (self ^ (ones &* 0x22)) &- ones
    let backslash = (self ^ (ones &* 0x5C)) &- ones
    // Below 0x80, a difference has its high bit only where it is below zero.
    let marks = (self | control | delete | quote | backslash) & (ones &* 0x80)
    return marks.trailingZeroBitCount / 8
  }
}

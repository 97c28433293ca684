/// A SHA-256 hash.
public struct Digest: Hashable, Sendable {
  typealias Words = SIMD4<UInt64>

  /// The 32 bytes as they lie in memory: a big bundle has 10,000 digests, and none needs memory of its own.
  private let words: Words

  init(_ words: Words) { self.words = words }

  /// Always 32.
  public var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

  /// 64 lower-case hexadecimal digits.
  public var hex: String {
    withUnsafeBytes(of: words) { bytes in
      String(unsafeUninitializedCapacity: 2 * bytes.count) { buffer in
        for (position, byte) in bytes.enumerated() {
          (buffer[2 * position], buffer[2 * position + 1]) = byte.hexDigits
        }
        return 2 * bytes.count
      }
    }
  }

  /// Reads a hash's ``hex``; nil for any other text.
  init?(hex: UnsafeRawBufferPointer) {
    guard hex.count == 64 else { return nil }
    var words = Words()
    for position in words.indices {
      guard let low = hex.word(at: 16 * position).valueOfDigits,
        let high = hex.word(at: 16 * position + 8).valueOfDigits
      else { return nil }
      words[position] = (high << 32 | low).littleEndian
    }
    self.init(words)
  }
}

extension UnsafeRawBufferPointer {
  /// Eight bytes, the first one lowest; all of them are within the buffer.
  fileprivate func word(at offset: Int) -> UInt64 {
    UInt64(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }
}

extension UInt64 {
  /// The four bytes, the first one lowest, that eight lower-case hexadecimal digits stand for; nil for
  /// other characters.
  fileprivate var valueOfDigits: UInt64? {
    let ones: UInt64 = 0x0101_0101_0101_0101
    // A letter has the sixth bit, and "a" ends in 1. At most 24: no byte reaches into the next one.
    let values = (self & (ones &* 0x0F)) &+ (self >> 6 & ones) &* 9
    let letters = (values &+ ones &* 6) >> 4 & ones
    // Only digits are written again as they were.
    guard values & (ones &* 0xF0) == 0,
      values &+ ones &* UInt64(UInt8(ascii: "0")) &+ letters &* 39 == self
    else { return nil }
    // Two digits make a byte, and the bytes move together.
    var bytes = (values << 4 | values >> 8) & 0x00FF_00FF_00FF_00FF
    bytes = (bytes | bytes >> 8) & 0x0000_FFFF_0000_FFFF
    return (bytes | bytes >> 16) & 0xFFFF_FFFF
  }
}

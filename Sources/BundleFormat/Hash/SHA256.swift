import CNettle

/// A running SHA-256.
///
/// Source: FIPS 180-4, by nettle.
public struct SHA256 {
  private var context = sha256_ctx()

  public init() { nettle_sha256_init(&context) }

  /// Takes in more bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress else { return }
    nettle_sha256_update(
      &context, bytes.count, start.assumingMemoryBound(to: UInt8.self))
  }

  public mutating func update(_ bytes: Span<UInt8>) {
    bytes.withUnsafeBytes { update($0) }
  }

  public mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  public mutating func update(_ bytes: ArraySlice<UInt8>) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// Returns the hash of all bytes so far and starts anew.
  public mutating func finish() -> Digest {
    var words = Digest.Words()
    withUnsafeMutableBytes(of: &words) { bytes in
      nettle_sha256_digest(
        &context, bytes.count, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
    }
    return Digest(words)
  }

  /// Returns the hash of some bytes.
  public static func digest(of bytes: [UInt8]) -> Digest {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }
}

/// A SHA-256 hash.
public struct Digest: Hashable, Sendable {
  fileprivate typealias Words = SIMD4<UInt64>

  /// The 32 bytes as they lie in memory: a big bundle has 10,000 digests, and none needs memory of its own.
  private let words: Words

  fileprivate init(_ words: Words) { self.words = words }

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

  /// Whether a text is this hash's ``hex``.
  public func isWritten(as text: String) -> Bool {
    var text = text
    return withUnsafeBytes(of: words) { bytes in
      text.withUTF8 { digits in
        guard digits.count == 2 * bytes.count else { return false }
        for (position, byte) in bytes.enumerated() {
          let (high, low) = byte.hexDigits
          if digits[2 * position] != high || digits[2 * position + 1] != low { return false }
        }
        return true
      }
    }
  }
}

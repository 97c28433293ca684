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
    let bytes = [UInt8](unsafeUninitializedCapacity: Digest.byteCount) { buffer, count in
      nettle_sha256_digest(&context, Digest.byteCount, buffer.baseAddress)
      count = Digest.byteCount
    }
    return Digest(bytes: bytes)
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
  /// Always 32.
  public let bytes: [UInt8]

  fileprivate init(bytes: [UInt8]) { self.bytes = bytes }

  static let byteCount = 32

  /// 64 lower-case hexadecimal digits.
  public var hex: String {
    String(unsafeUninitializedCapacity: 2 * bytes.count) { buffer in
      for (position, byte) in bytes.enumerated() {
        (buffer[2 * position], buffer[2 * position + 1]) = byte.hexDigits
      }
      return 2 * bytes.count
    }
  }

  /// Whether a text is this hash's ``hex``.
  public func isWritten(as text: String) -> Bool {
    var text = text
    return text.withUTF8 { digits in
      guard digits.count == 2 * bytes.count else { return false }
      for (position, byte) in bytes.enumerated() {
        let (high, low) = byte.hexDigits
        if digits[2 * position] != high || digits[2 * position + 1] != low { return false }
      }
      return true
    }
  }
}

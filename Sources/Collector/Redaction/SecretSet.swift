/// The secret values that were found on a node so far: no entry of the bundle may hold one.
struct SecretSet {
  /// Shorter values are found everywhere by chance.
  static let minimumBytes = 8

  /// Values by their first eight bytes, each with where it was found.
  private var values: [UInt64: [(bytes: [UInt8], origin: String)]] = [:]
  /// Which hashes of eight bytes have values: most text is passed over with one look.
  private var isCandidate = [Bool](repeating: false, count: 1 << 16)

  private(set) var count = 0

  /// Takes in a value that must not be shown.
  ///
  /// - Parameters:
  ///   - value: Blanks around it don't count. Fewer than eight bytes, stars and the redaction mark
  ///     are no secret.
  ///   - origin: Where it stood, for the message.
  mutating func insert(_ value: some Sequence<UInt8>, from origin: String) {
    let bytes = Array(Array(value)[...].trimmed)
    guard bytes.count >= Self.minimumBytes, bytes.contains(where: { $0 != UInt8(ascii: "*") }),
      !bytes.elementsEqual(Redaction.mark)
    else { return }
    let key = bytes.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
    if values[key]?.contains(where: { $0.bytes == bytes }) == true { return }
    values[key, default: []].append((bytes, origin))
    isCandidate[Self.hash(key)] = true
    count += 1
  }

  /// Returns where the first secret that these bytes hold was found; nil when they hold none.
  func origin(ofSecretIn bytes: [UInt8]) -> String? { origin(ofSecretIn: bytes[...]) }

  /// Returns where the first secret that these bytes hold was found; nil when they hold none.
  func origin(ofSecretIn bytes: ArraySlice<UInt8>) -> String? {
    guard count > 0, bytes.count >= Self.minimumBytes else { return nil }
    return bytes.withUnsafeBytes { text in
      isCandidate.withUnsafeBufferPointer { candidates in
        for position in 0...(text.count - Self.minimumBytes) {
          let key = text.loadUnaligned(fromByteOffset: position, as: UInt64.self)
          guard candidates[Self.hash(key)], let sharing = values[key] else { continue }
          let rest = text[position...]
          if let hit = sharing.first(where: { rest.starts(with: $0.bytes) }) { return hit.origin }
        }
        return nil
      }
    }
  }

  private static func hash(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 48)
  }
}

/// A SHA-256 hash as a manifest gives it.
public enum WrittenDigest: Hashable, Sendable {
  case digest(Digest)
  /// A text that is no hash, and which no bytes agree with.
  case other(String)
}

extension WrittenDigest: LosslessStringConvertible {
  public init(_ text: String) {
    var text = text
    let digest = text.withUTF8 { Digest(hex: UnsafeRawBufferPointer($0)) }
    self = digest.map(WrittenDigest.digest) ?? .other(text)
  }

  public var description: String {
    switch self {
    case .digest(let digest): digest.hex
    case .other(let text): text
    }
  }
}

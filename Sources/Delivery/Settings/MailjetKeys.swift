import Rendering

/// The two halves of an API key. Its descriptions are redacted.
public struct MailjetKeys: Sendable {
  private let publicKey: String
  private let privateKey: String

  /// - Throws: ``DeliveryError/invalidKey(variable:)`` for a text that can't be a key.
  init(publicKey: String, privateKey: String) throws(DeliveryError) {
    guard Self.isKey(publicKey) else {
      throw .invalidKey(variable: MailVariables.Name.publicKey.rawValue)
    }
    guard Self.isKey(privateKey) else {
      throw .invalidKey(variable: MailVariables.Name.privateKey.rawValue)
    }
    self.publicKey = publicKey
    self.privateKey = privateKey
  }

  /// `PUBLIC:PRIVATE`, for HTTP's basic authentication alone.
  var credentials: String { "\(publicKey):\(privateKey)" }

  /// Returns a text in which neither key stands, plain or encoded, whoever wrote it.
  func redacting(_ text: String) -> String {
    let encoded = Base64.encoding(Array(credentials.utf8))
    var result = text
    for secret in [String(decoding: encoded, as: UTF8.self), privateKey, publicKey] {
      result = Self.replacing(secret, in: result)
    }
    return result
  }

  private static func replacing(_ secret: String, in text: String) -> String {
    let needle = Array(secret.utf8)
    let bytes = Array(text.utf8)
    guard !needle.isEmpty, bytes.count >= needle.count else { return text }
    var result: [UInt8] = []
    var position = 0
    while position < bytes.count {
      if bytes[position...].starts(with: needle) {
        result += Array("<redacted>".utf8)
        position += needle.count
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// No quotes, backslashes and colons: they would mean something to curl.
  private static func isKey(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
          && byte != UInt8(ascii: ":")
      }
  }
}

extension MailjetKeys: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "<redacted>" }
  public var debugDescription: String { "<redacted>" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

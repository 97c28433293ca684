/// Where requests go: https, or http on this machine alone.
public struct Endpoint: Hashable, Sendable, CustomStringConvertible {
  /// The address as it was given.
  public let url: String
  public let isSecure: Bool
  /// Whether the host is this machine: such requests go past every proxy.
  public let isLoopback: Bool

  public static let mailjet = Endpoint(
    url: "https://api.mailjet.com/v3.1/send", isSecure: true, isLoopback: false)

  public var description: String { url }

  private init(url: String, isSecure: Bool, isLoopback: Bool) {
    self.url = url
    self.isSecure = isSecure
    self.isLoopback = isLoopback
  }

  /// Reads `https://HOST[:PORT][/PATH]`.
  ///
  /// - Throws: ``DeliveryError/invalidEndpoint(text:why:)``.
  public init(parsing text: String) throws(DeliveryError) {
    let isSecure = text.hasPrefix("https://")
    guard isSecure || text.hasPrefix("http://") else {
      throw .invalidEndpoint(text: text, why: "it must begin with https://")
    }
    guard text.utf8.count <= 2000, text.utf8.allSatisfy(Self.isPlain) else {
      throw .invalidEndpoint(
        text: text, why: "only letters, digits and - . _ ~ / : [ ] % are allowed in it")
    }
    let rest = text.dropFirst(isSecure ? 8 : 7)
    let authority = rest.prefix { $0 != "/" }
    let host = Self.host(of: authority)
    guard let host, !host.isEmpty else {
      throw .invalidEndpoint(text: text, why: "expected HOST or HOST:PORT")
    }
    let isLoopback = Self.isLoopback(host)
    guard isSecure || isLoopback else {
      throw .invalidEndpoint(text: text, why: "only this machine is spoken to without TLS")
    }
    self.init(url: text, isSecure: isSecure, isLoopback: isLoopback)
  }

  private static func host(of authority: Substring) -> Substring? {
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { return nil }
      let port = authority[authority.index(after: end)...]
      return port.isEmpty || isPort(port) ? authority[...end] : nil
    }
    let host = authority.prefix { $0 != ":" }
    let port = authority.dropFirst(host.count)
    guard !host.contains("["), !host.contains("]"), !host.contains("%") else { return nil }
    return port.isEmpty || isPort(port) ? host : nil
  }

  /// `:443`.
  private static func isPort(_ text: Substring) -> Bool {
    guard text.first == ":", let number = UInt16(text.dropFirst()) else { return false }
    return number > 0
  }

  private static func isLoopback(_ host: Substring) -> Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: "-._~/:[]%".utf8.contains(byte)
    }
  }
}

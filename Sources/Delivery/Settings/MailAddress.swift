/// A mailbox: an address, and perhaps whose it is.
public struct MailAddress: Hashable, Sendable {
  /// `ops@example.org`: ASCII, at most 254 bytes.
  public let email: String
  /// Nil where only the address is known.
  public let name: String?
}

extension MailAddress {
  /// Reads `ops@example.org` or `Ops Team <ops@example.org>`; the name may stand in quotes.
  ///
  /// - Throws: ``DeliveryError/invalidAddress(text:why:)``.
  public init(parsing text: String) throws(DeliveryError) {
    let addresses = try Self.list(parsing: text)
    guard addresses.count == 1 else {
      throw .invalidAddress(text: text, why: "exactly one is wanted here")
    }
    self = addresses[0]
  }

  /// Reads addresses separated by commas.
  ///
  /// - Throws: ``DeliveryError/invalidAddress(text:why:)``.
  public static func list(parsing text: String) throws(DeliveryError) -> [MailAddress] {
    var addresses: [MailAddress] = []
    for part in parts(of: text, separatedBy: ",") { addresses.append(try one(part)) }
    return addresses
  }

  /// Reads lists separated by semicolons, each of which gets a message of its own.
  ///
  /// - Throws: ``DeliveryError/invalidAddress(text:why:)``.
  public static func lists(parsing text: String) throws(DeliveryError) -> [[MailAddress]] {
    var lists: [[MailAddress]] = []
    for part in parts(of: text, separatedBy: ";") { lists.append(try list(parsing: part)) }
    return lists.filter { !$0.isEmpty }
  }

  /// Splits at a separator that stands in no quotes; blanks around the parts and empty parts go.
  private static func parts(of text: String, separatedBy separator: Unicode.Scalar) -> [String] {
    var parts: [String.UnicodeScalarView] = [.init()]
    var isQuoted = false
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if scalar == "\"" && !isEscaped { isQuoted.toggle() }
      isEscaped = scalar == "\\" && isQuoted && !isEscaped
      if scalar == separator && !isQuoted {
        parts.append(.init())
      } else {
        parts[parts.count - 1].append(scalar)
      }
    }
    return parts.map { trimmed(String($0)) }.filter { !$0.isEmpty }
  }

  private static func one(_ text: String) throws(DeliveryError) -> MailAddress {
    guard !text.unicodeScalars.contains(where: isControl) else {
      throw .invalidAddress(text: text, why: "it has a control character")
    }
    guard text.hasSuffix(">"), let open = text.lastIndex(of: "<") else {
      return MailAddress(email: try checked(text, in: text), name: nil)
    }
    let email = String(text[text.index(after: open)...].dropLast())
    let name = unquoted(trimmed(String(text[..<open])))
    guard name.utf8.count <= 200 else {
      throw .invalidAddress(text: text, why: "the name is longer than 200 bytes")
    }
    return MailAddress(email: try checked(email, in: text), name: name.isEmpty ? nil : name)
  }

  /// Returns an address that is plain enough for every mail server.
  private static func checked(_ email: String, in text: String) throws(DeliveryError) -> String {
    let parts = email.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...64).contains(parts[0].utf8.count), email.utf8.count <= 254 else {
      throw .invalidAddress(text: text, why: "expected NAME@DOMAIN")
    }
    guard parts[0].utf8.allSatisfy(isOfLocalPart) else {
      throw .invalidAddress(text: text, why: "a character before the @ is not plain ASCII")
    }
    let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    guard labels.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isOfDomain) }) else {
      throw .invalidAddress(text: text, why: "the domain is not of letters, digits, - and dots")
    }
    return email
  }

  private static func unquoted(_ name: String) -> String {
    guard name.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") else { return name }
    var result = ""
    var isEscaped = false
    for character in name.dropFirst().dropLast() {
      if character == "\\" && !isEscaped {
        isEscaped = true
      } else {
        result.append(character)
        isEscaped = false
      }
    }
    return result
  }

  private static func trimmed(_ text: String) -> String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    let front = text.drop(while: isBlank)
    guard let last = front.lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(front[...last])
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  private static func isOfLocalPart(_ byte: UInt8) -> Bool {
    isOfDomain(byte) || "!#$%&'*+/=?^_`{|}~.".utf8.contains(byte)
  }

  private static func isOfDomain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

import BundleFormat

/// Names in place of names, for `--redact strict`.
///
/// A name's pseudonym is a hash of it, keyed by the machine id: the same in every source of a bundle
/// and in every run on the node, another on every other node, and not to be guessed without the
/// machine id, which the bundle holds only as a hash of its own. A node without machine id gets a
/// random key: its pseudonyms hold for one bundle.
struct Pseudonyms {
  enum Kind: String {
    case node
    case guest
    case tag
    case cluster
    case host
    case user
  }

  private let key: [UInt8]

  init(machineID: String?) {
    if let machineID {
      key = SHA256.digest(of: Array("dmcollect pseudonyms \(machineID)".utf8)).bytes
    } else {
      var random = SystemRandomNumberGenerator()
      key = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
  }

  private func hash(_ kind: String, _ name: String) -> [UInt8] {
    SHA256.digest(of: key + Array("\(kind)\0\(name)\0".utf8) + key).bytes
  }

  private func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
  }

  /// `guest-3f9c01aa2b`.
  func name(_ kind: Kind, _ name: String) -> String {
    "\(kind.rawValue)-\(hex(hash(kind.rawValue, name).prefix(5)))"
  }

  /// A node's name; a host name with a domain is the node's.
  func node(_ name: String) -> String {
    self.name(.node, String(name.split(separator: ".").first ?? ""))
  }

  /// 32 hexadecimal digits, as a machine id has.
  func machineID(_ id: String) -> String { hex(hash("machine-id", id).prefix(16)) }

  /// An address in place of an address: of `10.0.0.0/8` or `fd00::/8`; a name for a name.
  ///
  /// Brackets of an address of version 6 stay.
  func address(_ text: String) -> String {
    if text.hasPrefix("[") && text.hasSuffix("]") {
      return "[\(address(String(text.dropFirst().dropLast())))]"
    }
    if Self.isIPv4(text) {
      return "10." + hash("address", text).prefix(3).map { String($0) }.joined(separator: ".")
    }
    if Self.isIPv6(text) {
      let bytes = hash("address", text.lowercased())
      return "fd00::\(hex(bytes[0..<2])):\(hex(bytes[2..<4])):\(hex(bytes[4..<6]))"
    }
    return name(.host, text)
  }

  static func isIPv4(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
  }

  static func isIPv6(_ text: String) -> Bool {
    text.utf8.count { $0 == UInt8(ascii: ":") } > 1
      && text.utf8.allSatisfy {
        $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") || $0.isHexDigit
      }
  }

  /// Replaces every address in free text.
  func addresses(in text: String) -> String {
    var result = ""
    var word = ""
    func flush() {
      result += Self.isIPv4(word) || Self.isIPv6(word) ? address(word) : port(word)
      word = ""
    }
    for character in text {
      let isPart = character.isHexDigit || character == "." || character == ":"
      if isPart {
        word.append(character)
      } else {
        flush()
        result.append(character)
      }
    }
    flush()
    return result
  }

  /// `192.0.2.1:3260` and `192.0.2.1:`.
  private func port(_ word: String) -> String {
    guard let colon = word.firstIndex(of: ":"), Self.isIPv4(String(word[..<colon])) else {
      return word
    }
    return address(String(word[..<colon])) + word[colon...]
  }
}

extension UInt8 {
  var isHexDigit: Bool { isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20) }
}

import BundleFormat
import Glibc

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
    var address = in_addr()
    return inet_pton(AF_INET, text, &address) == 1
  }

  /// By the system's own reading: times, PCI addresses and task ids have colons, too.
  static func isIPv6(_ text: String) -> Bool {
    var address = in6_addr()
    return inet_pton(AF_INET6, text, &address) == 1
  }

  /// Replaces every address in free text.
  func addresses(in text: String) -> String {
    // Most lines have none.
    guard text.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }) else {
      return text
    }
    var result = ""
    var word = ""
    for character in text {
      if character.isLetter || character.isNumber || character == "." || character == ":" {
        word.append(character)
      } else {
        result += addressOrWord(word)
        word = ""
        result.append(character)
      }
    }
    return result + addressOrWord(word)
  }

  /// `2001:db8::1`, `192.0.2.1:3260`, `addr:192.0.2.1.`: what stands around an address stays.
  private func addressOrWord(_ word: String) -> String {
    guard word.utf8.count >= 3 else { return word }
    let sentence = word.prefix(word.reversed().drop { $0 == "." }.count)
    for part in [sentence, sentence.last == ":" ? sentence.dropLast() : sentence]
    where part.utf8.count >= 3 && Self.isIPv6(String(part)) {
      return address(String(part)) + word[part.endIndex...]
    }
    return word.split(separator: ":", omittingEmptySubsequences: false).map { part in
      let name = String(part.prefix(part.reversed().drop { $0 == "." }.count))
      return Self.isIPv4(name) ? address(name) + part.dropFirst(name.count) : String(part)
    }.joined(separator: ":")
  }
}

extension UInt8 {
  var isHexDigit: Bool { isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20) }
}

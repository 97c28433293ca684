/// Tells by a setting's name whether its value is a secret.
///
/// Names are compared part by part: `api_key` and `rootPassword` are secrets' names, while `keystore`,
/// `monkey` and `passthrough` only look like them. A storage may be called so, and its id stands
/// everywhere.
enum SecretName {
  /// Words that make a part a secret's also behind others: `cipassword`, `apitoken`, `PGPASS`.
  private static let endings = [
    "password", "passwd", "passphrase", "passcode", "passwort", "kennwort", "secret", "token",
    "credential", "pass", "pwd", "pw", "psk", "apikey", "sshkey", "authkey", "privatekey",
    "secretkey", "accesskey", "encryptionkey", "masterkey", "cryptkey", "keyring", "keytab",
  ].map { Array($0.utf8) }

  /// Words that do so alone.
  private static let words = ["key", "cred"].map { Array($0.utf8) }

  /// Words that end like a secret's and are none.
  private static let lookalikes = [
    "bypass", "compass", "encompass", "overpass", "surpass", "trespass",
  ]
  .map { Array($0.utf8) }

  /// Whether a setting of that name holds a secret.
  ///
  /// - Parameter others: More words that make a part a secret's.
  static func isSecret(_ name: ArraySlice<UInt8>, or others: [String] = []) -> Bool {
    parts(of: name).contains { part in
      if Self.lookalikes.contains(where: { part.elementsEqual($0) }) { return false }
      return endings.contains { part.suffix($0.count).elementsEqual($0) }
        || words.contains { part.elementsEqual($0) }
        || others.contains { part.elementsEqual($0.utf8) }
    }
  }

  /// The parts of a name in lower case: between other bytes than letters and digits, and before a
  /// capital behind a small letter; without a number or plural at the end.
  private static func parts(of name: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    for run in name.split(whereSeparator: { !$0.isWordByte }) {
      var start = run.startIndex
      for index in run.indices.dropFirst()
      where run[index].isCapital && run[index - 1].isLetter && !run[index - 1].isCapital {
        parts.append(run[start..<index])
        start = index
      }
      parts.append(run[start...])
    }
    return parts.map { part in
      var part = part.map { $0.lowered }[...]
      while part.last?.isDigit == true { part = part.dropLast() }
      // "pass" is no plural.
      return part.last == UInt8(ascii: "s") && !part.suffix(4).elementsEqual("pass".utf8)
        ? part.dropLast() : part
    }
  }
}

extension UInt8 {
  fileprivate var isCapital: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
}

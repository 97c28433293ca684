/// Finds what looks like `password=VALUE` in free text, and passwords in URLs.
enum SecretAssignments {
  /// What may stand between a name and its value.
  private static let separators = Array("=:".utf8)

  /// Returns the values that stand behind a secret's name and `=` or `:`, and URLs' passwords.
  ///
  /// - Parameters:
  ///   - text: Free text: arguments of a program, a description, JSON.
  ///   - words: What else makes a name a secret's; QEMU's secret objects call theirs `data`.
  static func values(
    in text: ArraySlice<UInt8>, or words: [String] = []
  ) -> [ArraySlice<UInt8>] {
    urlPasswords(in: text) + assigned(in: text, by: separators, or: words)
  }

  /// Returns the values of a setting that PVE knows: there `:` stands behind a storage's id.
  static func values(inSetting text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    // No tool writes a control character into a setting: what looks like one line may be two.
    if text.contains(where: { $0 < 32 && $0 != 9 }) { return values(in: text) }
    return urlPasswords(in: text) + assigned(in: text, by: [UInt8(ascii: "=")], or: [])
  }

  private static func assigned(
    in text: ArraySlice<UInt8>, by separators: [UInt8], or words: [String]
  ) -> [ArraySlice<UInt8>] {
    var found: [ArraySlice<UInt8>] = []
    for position in text.indices where separators.contains(text[position]) {
      guard let name = name(before: position, in: text), SecretName.isSecret(name, or: words),
        let value = value(after: position, in: text), !KeptTokens.isPublic(value)
      else { continue }
      found.append(value)
    }
    return found
  }

  /// The name that ends before a position, perhaps in quotes or with blanks behind.
  private static func name(
    before position: Int, in text: ArraySlice<UInt8>
  ) -> ArraySlice<UInt8>? {
    var end = position
    while end > text.startIndex, text[end - 1].isBlank || text[end - 1].isQuote { end -= 1 }
    var start = end
    while start > text.startIndex, text[start - 1].isNameByte { start -= 1 }
    return start < end ? text[start..<end] : nil
  }

  /// The value that begins behind a position: to its closing quote, or to a blank or separator.
  private static func value(
    after position: Int, in text: ArraySlice<UInt8>
  ) -> ArraySlice<UInt8>? {
    var start = position + 1
    while start < text.endIndex, text[start] == UInt8(ascii: " ") { start += 1 }
    guard start < text.endIndex else { return nil }
    if text[start].isQuote {
      let quote = text[start]
      let rest = text[(start + 1)...]
      return rest[..<(rest.firstIndex(of: quote) ?? rest.endIndex)]
    }
    let rest = text[start...]
    let end = rest.firstIndex { $0.isBlank || $0.isQuote || ",;&".utf8.contains($0) }
    return rest[..<(end ?? rest.endIndex)]
  }

  /// The password of each `scheme://user:password@host`; iSCSI URLs write `%` for the colon.
  private static func urlPasswords(in text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var found: [ArraySlice<UInt8>] = []
    var rest = text
    let mark = Array("://".utf8)
    while let range = rest.firstRange(of: mark) {
      rest = rest[range.upperBound...]
      let end = rest.firstIndex { $0.isBlank || $0.isQuote || $0 == UInt8(ascii: "/") }
      let authority = rest[..<(end ?? rest.endIndex)]
      guard let at = authority.lastIndex(of: UInt8(ascii: "@")) else { continue }
      let user = authority[..<at]
      guard
        let split = user.firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "%") })
      else { continue }
      found.append(user[(split + 1)...])
    }
    return found
  }
}

extension UInt8 {
  var isQuote: Bool { self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") }
  var isNameByte: Bool { isWordByte || "_.-".utf8.contains(self) }
}

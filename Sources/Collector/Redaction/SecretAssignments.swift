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

  /// Returns the values of a setting that PVE knows: there `:` stands behind a storage's id, unless a quote
  /// closes what is before it, as in JSON, or a blank follows.
  static func values(inSetting text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    // No tool writes a control character into a setting: what looks like one line may be two.
    if text.contains(where: { $0 < 32 && $0 != 9 }) { return values(in: text) }
    return urlPasswords(in: text)
      + assigned(in: text, by: [UInt8(ascii: "=")], or: [], isSetting: true)
  }

  /// Returns a line up to the first value that is a secret, and the mark in its place.
  static func redacted(_ line: ArraySlice<UInt8>) -> [UInt8] {
    let starts = [urlPasswords(in: line).first?.startIndex, firstAssigned(in: line)]
    guard let start = starts.compactMap({ $0 }).min() else { return Array(line) }
    return line[..<start] + Redaction.mark
  }

  /// Where the first value of a secret begins.
  private static func firstAssigned(in text: ArraySlice<UInt8>) -> Int? {
    for position in text.indices where separators.contains(text[position]) {
      guard let name = name(before: position, in: text), SecretName.isSecret(name) else { continue }
      var value = text[(position + 1)...].drop { $0 == UInt8(ascii: " ") }
      if value.first?.isQuote == true { value = value.dropFirst() }
      // No further than a name of a device may reach.
      let word = value.prefix(KeptTokens.publicBytes + 1).prefix {
        !$0.isBlank && !$0.isQuote && !",;&".utf8.contains($0)
      }
      if !word.isEmpty && !KeptTokens.isPublic(word) { return value.startIndex }
    }
    return nil
  }

  /// Looks from the end to the start: each byte is met once, whatever a text repeats.
  private static func assigned(
    in text: ArraySlice<UInt8>, by separators: [UInt8], or words: [String], isSetting: Bool = false
  ) -> [ArraySlice<UInt8>] {
    var found: [ArraySlice<UInt8>] = []
    var ends = ValueEnds(of: text)
    // Where the shortest value ends that is long enough to be searched for.
    var searchedEnd: Int?
    for position in text.indices.reversed() {
      defer { ends.pass(text[position], at: position) }
      guard
        separators.contains(text[position]) || isSetting && isColonOfJSON(at: position, in: text),
        let name = name(before: position, in: text), SecretName.isSecret(name, or: words),
        let value = value(after: position, in: text, endingAt: ends)
      else { continue }
      // key=key=VALUE: who finds the last value finds those that end in it.
      if value.endIndex == searchedEnd || KeptTokens.isPublic(value) { continue }
      found.append(value)
      if value.count >= SecretSet.minimumBytes { searchedEnd = value.endIndex }
    }
    return found.reversed()
  }

  private static func isColonOfJSON(at position: Int, in text: ArraySlice<UInt8>) -> Bool {
    text[position] == UInt8(ascii: ":")
      && (position > text.startIndex && text[position - 1].isQuote
        || position + 1 < text.endIndex && text[position + 1].isBlank)
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
    after position: Int, in text: ArraySlice<UInt8>, endingAt ends: ValueEnds
  ) -> ArraySlice<UInt8>? {
    var start = position + 1
    while start < text.endIndex, text[start] == UInt8(ascii: " ") { start += 1 }
    guard start < text.endIndex else { return nil }
    guard text[start].isQuote else { return text[start..<ends.ofWord] }
    return text[(start + 1)..<ends.ofQuoted(by: text[start])]
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

/// Where a value ends that begins behind a position, kept while a text is passed from its end.
private struct ValueEnds {
  private let end: Int
  /// The next blank, quote or separator.
  private var stop: Int
  /// The same behind the blanks that stand next.
  private var stopOfWord: Int
  /// The next two quotes of each kind: the first opens a value.
  private var double: (next: Int, second: Int)
  private var single: (next: Int, second: Int)

  init(of text: ArraySlice<UInt8>) {
    end = text.endIndex
    stop = end
    stopOfWord = end
    double = (end, end)
    single = (end, end)
  }

  /// Takes note of a byte: the ends are those behind the position before it.
  mutating func pass(_ byte: UInt8, at position: Int) {
    let isStop = byte.isBlank || byte.isQuote || ",;&".utf8.contains(byte)
    if isStop { stop = position }
    if byte != UInt8(ascii: " ") { stopOfWord = stop }
    if byte == UInt8(ascii: "\"") { double = (position, double.next) }
    if byte == UInt8(ascii: "'") { single = (position, single.next) }
  }

  /// Where a value ends that begins behind blanks and stands in no quotes.
  var ofWord: Int { stopOfWord }

  /// Where a value ends whose opening quote is the next one of its kind.
  func ofQuoted(by quote: UInt8) -> Int {
    quote == UInt8(ascii: "\"") ? double.second : single.second
  }
}

extension UInt8 {
  var isQuote: Bool { self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") }
  var isNameByte: Bool { isWordByte || "_.-".utf8.contains(self) }
}

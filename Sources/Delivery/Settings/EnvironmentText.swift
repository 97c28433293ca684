/// Variables in the form of systemd's `EnvironmentFile=`.
///
/// Source: systemd.exec(5), `EnvironmentFile=`: `NAME=value` lines, `#` and `;` comments, a backslash at the
/// end of a line joins the next; values may stand in single or double quotes.
struct EnvironmentText {
  private(set) var variables: [String: String] = [:]

  /// Why the text has not the form.
  struct Fault: Error, Hashable {
    /// From 1.
    let line: Int
    let why: String
  }

  private let bytes: [UInt8]
  private var position = 0
  private var line = 1

  /// Reads all variables; of one that stands twice, the last value counts.
  ///
  /// - Throws: ``Fault`` at the first line that is neither blank, comment nor assignment.
  init(parsing bytes: [UInt8]) throws(Fault) {
    self.bytes = bytes
    while position < bytes.count { try readLine() }
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func advance() {
    if current == UInt8(ascii: "\n") { line += 1 }
    position += 1
  }

  private mutating func readLine() throws(Fault) {
    while current == UInt8(ascii: " ") || current == UInt8(ascii: "\t") { advance() }
    switch current {
    case nil: return
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"): advance()
    case UInt8(ascii: "#"), UInt8(ascii: ";"):
      while let byte = current, byte != UInt8(ascii: "\n") { _ = (byte, advance()) }
    default: try readAssignment()
    }
  }

  private mutating func readAssignment() throws(Fault) {
    let start = line
    var name: [UInt8] = []
    while let byte = current, byte != UInt8(ascii: "="), byte != UInt8(ascii: "\n") {
      name.append(byte)
      advance()
    }
    guard current == UInt8(ascii: "=") else {
      throw Fault(line: start, why: "expected NAME=value")
    }
    advance()
    while name.last == UInt8(ascii: " ") || name.last == UInt8(ascii: "\t") { name.removeLast() }
    guard Self.isName(name) else {
      throw Fault(line: start, why: "expected a variable's name before the =")
    }
    let value = try readValue(from: start)
    guard let text = String(validating: value, as: UTF8.self), !text.utf8.contains(0) else {
      throw Fault(line: start, why: "the value is not UTF-8 text")
    }
    variables[String(decoding: name, as: UTF8.self)] = text
  }

  /// Reads up to the end of the line: pieces in quotes and without.
  private mutating func readValue(from start: Int) throws(Fault) -> [UInt8] {
    var value: [UInt8] = []
    /// Blanks at the end of a value don't belong to it, unless they were quoted.
    var keptCount = 0
    while current == UInt8(ascii: " ") || current == UInt8(ascii: "\t") { advance() }
    while let byte = current, byte != UInt8(ascii: "\n") {
      advance()
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        try readQuoted(by: byte, into: &value, from: start)
        keptCount = value.count
      case UInt8(ascii: "\\"):
        guard let escaped = current else { break }
        advance()
        if escaped != UInt8(ascii: "\n") { value.append(escaped) }
        keptCount = value.count
      default:
        value.append(byte)
        let isBlank =
          byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
        if !isBlank { keptCount = value.count }
      }
    }
    return Array(value.prefix(keptCount))
  }

  private mutating func readQuoted(
    by quote: UInt8, into value: inout [UInt8], from start: Int
  ) throws(Fault) {
    while let byte = current {
      advance()
      if byte == quote { return }
      guard byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\""), let next = current else {
        value.append(byte)
        continue
      }
      advance()
      if next == UInt8(ascii: "\n") { continue }
      if !"\"\\`$".utf8.contains(next) { value.append(byte) }
      value.append(next)
    }
    throw Fault(line: start, why: "a quote is not closed")
  }

  private static func isName(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
      return false
    }
    return bytes.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }
}

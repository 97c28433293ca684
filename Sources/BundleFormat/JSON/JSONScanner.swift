/// Reads JSON token by token, without building anything.
///
/// Reports of many megabytes are read this way: keys are compared and values taken as byte ranges, and a
/// `String` is made only of what is kept. What it lets pass is strict JSON in well-formed UTF-8.
///
/// ```swift
/// var scanner = JSONScanner(bytes)
/// guard try scanner.next() == .beginObject else { … }
/// while try scanner.next() == .key {
///   if scanner.matches("report") { … } else { try scanner.skipValue() }
/// }
/// ```
///
/// Source: RFC 8259.
public struct JSONScanner: Sendable {
  /// Containers may lie in each other this deep; what LVM, PVE and we write needs 6.
  public static let maximumDepth = 64

  public enum Token: Hashable, Sendable {
    case beginObject, endObject, beginArray, endArray
    /// A member's key; its value is the next token.
    case key
    case string, number, `true`, `false`, null
    /// The document is complete. Every further call gives this again.
    case end
  }

  /// Where the last token stands; of a key or string, what is between the quotes.
  public internal(set) var range = 0..<0
  /// Whether the last key or string holds escapes, so that its bytes are not its text.
  public internal(set) var hasEscapes = false
  /// The line of the last token.
  public private(set) var line: Int
  /// Where that line starts in the bytes.
  public private(set) var lineStart: Int
  /// How many containers are open.
  public private(set) var depth = 0

  let bytes: [UInt8]
  let end: Int
  var position: Int
  var expectation = Expectation.value
  /// The kinds of the open containers, the innermost in the lowest bit: 1 for an object.
  private var objects: UInt64 = 0

  enum Expectation { case value, valueOrEnd, keyOrEnd, colon, commaOrEnd, end }

  /// Starts reading at the beginning of a document.
  public init(_ bytes: [UInt8]) { self.init(bytes, in: 0..<bytes.count, line: 1) }

  /// Starts reading a document that is a part of the bytes, such as one line of JSON lines.
  ///
  /// - Parameter line: The number of the line on which it begins.
  public init(_ bytes: [UInt8], in range: Range<Int>, line: Int) {
    self.bytes = bytes
    let range = range.clamped(to: 0..<bytes.count)
    end = range.upperBound
    position = range.lowerBound
    lineStart = range.lowerBound
    self.line = line
  }

  /// Reads the next token.
  ///
  /// - Throws: ``JSONError``, after which the scanner is not to be used any more.
  public mutating func next() throws(JSONError) -> Token {
    skipBlanks()
    switch expectation {
    case .value: return try value()
    case .colon:
      guard peek == UInt8(ascii: ":") else { throw unexpected("\":\"") }
      position += 1
      skipBlanks()
      return try value()
    case .valueOrEnd:
      if peek == UInt8(ascii: "]") { return endContainer() }
      return try value()
    case .keyOrEnd:
      if peek == UInt8(ascii: "}") { return endContainer() }
      return try key()
    case .commaOrEnd:
      let isObject = objects & 1 == 1
      switch peek {
      case UInt8(ascii: ","):
        position += 1
        skipBlanks()
        return isObject ? try key() : try value()
      case UInt8(ascii: "}") where isObject: return endContainer()
      case UInt8(ascii: "]") where !isObject: return endContainer()
      default: throw unexpected(isObject ? "\",\" or \"}\"" : "\",\" or \"]\"")
      }
    case .end:
      guard position == end else { throw unexpected("the end") }
      range = end..<end
      return .end
    }
  }

  /// Skips the value that comes next: after a key, or at the start of a document.
  public mutating func skipValue() throws(JSONError) {
    switch try next() {
    case .beginObject, .beginArray: try skipContainer()
    default: break
    }
  }

  /// Skips the rest of the container that is open, its end included.
  public mutating func skipContainer() throws(JSONError) {
    let outer = depth - 1
    while depth > outer { _ = try next() }
  }

  // MARK: Grammar

  private mutating func value() throws(JSONError) -> Token {
    guard let byte = peek else { throw .unexpectedEnd(line: line) }
    switch byte {
    case UInt8(ascii: "\""):
      try scanString()
      expectation = afterValue
      return .string
    case UInt8(ascii: "{"): return try beginContainer(isObject: true)
    case UInt8(ascii: "["): return try beginContainer(isObject: false)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      try scanNumber()
      expectation = afterValue
      return .number
    case UInt8(ascii: "t"): return try literal("true", .true)
    case UInt8(ascii: "f"): return try literal("false", .false)
    case UInt8(ascii: "n"): return try literal("null", .null)
    default: throw unexpected("a value")
    }
  }

  private mutating func key() throws(JSONError) -> Token {
    guard peek == UInt8(ascii: "\"") else { throw unexpected("a key") }
    try scanString()
    expectation = .colon
    return .key
  }

  private mutating func literal(_ text: StaticString, _ token: Token) throws(JSONError) -> Token {
    let start = position
    for offset in 0..<text.utf8CodeUnitCount {
      guard peek == text.utf8Start[offset] else { throw unexpected("\"\(text)\"") }
      position += 1
    }
    range = start..<position
    expectation = afterValue
    return token
  }

  private mutating func beginContainer(isObject: Bool) throws(JSONError) -> Token {
    guard depth < Self.maximumDepth else { throw .tooDeep(line: line) }
    range = position..<position + 1
    position += 1
    depth += 1
    objects = objects << 1 | (isObject ? 1 : 0)
    expectation = isObject ? .keyOrEnd : .valueOrEnd
    return isObject ? .beginObject : .beginArray
  }

  private mutating func endContainer() -> Token {
    let isObject = objects & 1 == 1
    range = position..<position + 1
    position += 1
    depth -= 1
    objects >>= 1
    expectation = afterValue
    return isObject ? .endObject : .endArray
  }

  private var afterValue: Expectation { depth == 0 ? .end : .commaOrEnd }

  // MARK: Bytes

  /// The byte that comes next; nil at the end.
  var peek: UInt8? { position < end ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while position < end {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position += 1
      case UInt8(ascii: "\n"):
        position += 1
        line += 1
        lineStart = position
      default: return
      }
    }
  }

  private func unexpected(_ expected: String) -> JSONError {
    guard let byte = peek else { return .unexpectedEnd(line: line) }
    return .unexpectedByte(byte, line: line, expected: expected)
  }
}

/// Why some bytes are no JSON; lines count from 1.
public enum JSONError: Error, Hashable, Sendable {
  /// A byte that the grammar does not allow where it stands.
  case unexpectedByte(UInt8, line: Int, expected: String)
  /// The text ends inside a value, or has none.
  case unexpectedEnd(line: Int)
  /// A string with a control character, an unknown escape, half a surrogate pair or ill-formed UTF-8.
  case invalidString(line: Int)
  /// A number that breaks the grammar or is beyond what a `Double` holds.
  case invalidNumber(line: Int)
  /// Containers within containers, more than ``JSONScanner/maximumDepth``.
  case tooDeep(line: Int)

  /// The line at which reading stopped.
  public var line: Int {
    switch self {
    case .unexpectedByte(_, let line, _), .unexpectedEnd(let line), .invalidString(let line),
      .invalidNumber(let line), .tooDeep(let line):
      line
    }
  }
}

extension JSONError: CustomStringConvertible {
  /// What was wrong, without the line: `expected a value, found "}"`.
  public var reason: String {
    switch self {
    case .unexpectedByte(let byte, _, let expected):
      byte > 0x20 && byte < 0x7F
        ? "expected \(expected), found \"\(Character(Unicode.Scalar(byte)))\""
        : "expected \(expected), found byte \(byte)"
    case .unexpectedEnd: "the JSON ends too early"
    case .invalidString: "a string is not valid JSON"
    case .invalidNumber: "a number is not valid JSON or too large"
    case .tooDeep: "more than \(JSONScanner.maximumDepth) levels of JSON"
    }
  }

  public var description: String { "line \(line): \(reason)" }
}

/// A JSON document, or a part of one, as values.
///
/// For what is small or of no fixed shape; megabytes are read with ``JSONScanner``.
public enum JSONValue: Hashable, Sendable {
  case object(JSONObject)
  case array([JSONValue])
  case string(String)
  /// A number without fraction and exponent that fits.
  case integer(Int)
  /// Any other number; always finite.
  case double(Double)
  case bool(Bool)
  case null

  /// Reads a whole document.
  ///
  /// - Throws: ``JSONError`` for everything that is no strict JSON.
  public init(parsing bytes: [UInt8]) throws(JSONError) {
    try self.init(parsing: bytes, in: 0..<bytes.count, line: 1)
  }

  /// Reads a document that is a part of the bytes, such as one line of JSON lines.
  ///
  /// - Parameter line: The number of the line on which it begins.
  public init(parsing bytes: [UInt8], in range: Range<Int>, line: Int) throws(JSONError) {
    var scanner = JSONScanner(bytes, in: range, line: line)
    let first = try scanner.next()
    self = try Self.value(from: &scanner, after: first)
    _ = try scanner.next()
  }

  /// Reads the value that begins with a token; the scanner bounds the depth of the recursion.
  static func value(
    from scanner: inout JSONScanner, after token: JSONScanner.Token
  ) throws(JSONError) -> JSONValue {
    switch token {
    case .beginObject:
      var members: [JSONObject.Member] = []
      while try scanner.next() == .key {
        let key = scanner.text
        let token = try scanner.next()
        members.append(.init(key: key, value: try value(from: &scanner, after: token)))
      }
      return .object(JSONObject(members))
    case .beginArray:
      var elements: [JSONValue] = []
      while true {
        let token = try scanner.next()
        if token == .endArray { return .array(elements) }
        elements.append(try value(from: &scanner, after: token))
      }
    case .number:
      if let integer = scanner.integer { return .integer(integer) }
      guard let double = scanner.double else { throw .invalidNumber(line: scanner.line) }
      return .double(double)
    case .string, .key: return .string(scanner.text)
    case .true: return .bool(true)
    case .false: return .bool(false)
    case .null, .endObject, .endArray, .end: return .null
    }
  }

  // MARK: Content, nil where the value is of another kind

  public var object: JSONObject? {
    guard case .object(let object) = self else { return nil }
    return object
  }

  public var array: [JSONValue]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  public var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  public var integer: Int? {
    guard case .integer(let number) = self else { return nil }
    return number
  }

  /// A number of either form.
  public var double: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }

  public var bool: Bool? {
    guard case .bool(let truth) = self else { return nil }
    return truth
  }

  /// A member of an object; nil when there is none, or this is no object.
  public subscript(key: String) -> JSONValue? { object?[key] }
}

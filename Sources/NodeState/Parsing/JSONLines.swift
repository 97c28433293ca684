import BundleFormat

/// JSON lines, as the collector's own probes write them: one object a line.
struct JSONLines {
  /// One line's object and where it stands.
  struct Line {
    private let object: JSONObject
    let location: SourceLocation
    private let path: String

    init(object: JSONObject, location: SourceLocation, path: String) {
      self.object = object
      self.location = location
      self.path = path
    }

    subscript(key: String) -> JSONValue? { object[key] }

    /// - Throws: ``ParseError`` when the member is missing or no text.
    func text(_ key: String) throws(ParseError) -> String {
      guard let text = object[key]?.string else { throw expected("a text as \(key)") }
      return text
    }

    /// - Throws: ``ParseError`` when the member is missing or no whole number from 0.
    func number(_ key: String) throws(ParseError) -> Int {
      guard let number = object[key]?.integer, number >= 0 else {
        throw expected("a number as \(key)")
      }
      return number
    }

    /// - Throws: ``ParseError`` when the member is missing or neither true nor false.
    func flag(_ key: String) throws(ParseError) -> Bool {
      guard let flag = object[key]?.bool else { throw expected("true or false as \(key)") }
      return flag
    }

    /// - Throws: ``ParseError`` when the member is missing or no `MAJOR:MINOR`.
    func device(_ key: String) throws(ParseError) -> DeviceNumber {
      guard let device = DeviceNumber(try text(key)) else {
        throw expected("a device number as \(key)")
      }
      return device
    }

    func expected(_ expectation: String) -> ParseError {
      .expected(
        expectation, found: "another object", path: path, line: Int(location.line))
    }
  }

  /// Reads all lines; no line at all is a probe that found nothing.
  ///
  /// - Throws: ``ParseError`` when a line is no object, or the last one has no end.
  static func parse(_ bytes: [UInt8], from origin: EntryOrigin) throws(ParseError) -> [Line] {
    try origin.requireWholeLines(bytes.span)
    var lines: [Line] = []
    var walk = LineWalk()
    while let line = walk.next(in: bytes.span) {
      if bytes.span.trimmed(line).isEmpty { continue }
      let value: JSONValue
      do throws(JSONError) {
        value = try JSONValue(parsing: bytes, in: line, line: walk.number)
      } catch {
        throw .malformedJSON(problem: error.reason, path: origin.path, line: error.line)
      }
      guard case .object(let object) = value else {
        throw origin.expected("an object", in: bytes.span, line, line: walk.number)
      }
      lines.append(
        Line(object: object, location: origin.location(walk.number, line), path: origin.path))
    }
    return lines
  }
}

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
    try values(of: bytes, from: origin, plainly: { _, _, _ in nil }) { $0 }
  }

  /// Makes a value of each line; no line at all is a probe that found nothing.
  ///
  /// - Parameters:
  ///   - plainly: Walks over a line, given with its number, in the very form that the probe writes; nil
  ///     for any other, also for JSON, and `.some(nil)` for one that says nothing.
  ///   - value: Makes a value of another line's object; nil for one that says nothing.
  /// - Throws: ``ParseError`` when a line is no object, or the last one has no end.
  @inline(__always)
  static func values<Value>(
    of bytes: [UInt8], from origin: EntryOrigin,
    plainly: (inout FormWalk, Span<UInt8>, Int) -> Value??,
    _ value: (Line) throws(ParseError) -> Value?
  ) throws(ParseError) -> [Value] {
    let span = bytes.span
    try origin.requireWholeLines(span)
    var values: [Value] = []
    var walk = LineWalk()
    while true {
      var form = FormWalk(walk.rest(in: span))
      if let known = plainly(&form, span, walk.number + 1), walk.skip(to: form.position, in: span) {
        // As many as there will be if the lines go on like the first one.
        if walk.number == 1, known != nil { values.reserveCapacity(span.count / walk.position) }
        if let known { values.append(known) }
        continue
      }
      guard let line = walk.next(in: span) else { return values }
      if !span.trimmed(line).isEmpty,
        let other = try value(self.line(line, of: bytes, number: walk.number, from: origin))
      {
        values.append(other)
      }
    }
  }

  /// Reads one line.
  ///
  /// - Throws: ``ParseError`` when it is no object.
  static func line(
    _ line: Range<Int>, of bytes: [UInt8], number: Int, from origin: EntryOrigin
  ) throws(ParseError) -> Line {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: bytes, in: line, line: number)
    } catch {
      throw .malformedJSON(problem: error.reason, path: origin.path, line: error.line)
    }
    guard case .object(let object) = value else {
      throw origin.expected("an object", in: bytes.span, line, line: number)
    }
    return Line(object: object, location: origin.location(number, line), path: origin.path)
  }
}

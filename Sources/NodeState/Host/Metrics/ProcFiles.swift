/// Small files of `/proc` that hold figures. Source: proc(5).
enum ProcFiles {
  /// Reads `86.59 0.12`: seconds since boot.
  ///
  /// - Throws: ``ParseError`` for any other text.
  static func uptimeSeconds(
    _ bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) -> Double {
    var fields = FieldWalk(0..<bytes.count)
    guard let first = fields.next(in: bytes), let seconds = bytes.decimal(first) else {
      throw origin.expected("the seconds since boot", in: bytes, 0..<bytes.count, line: 1)
    }
    return seconds
  }

  /// Reads `1.54 0.52 0.19 1/68 2562`: the load over 1, 5 and 15 minutes.
  ///
  /// - Throws: ``ParseError`` for any other text.
  static func load(
    _ bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) -> (one: Double, five: Double, fifteen: Double) {
    var fields = FieldWalk(0..<bytes.count)
    guard let one = fields.next(in: bytes).flatMap({ bytes.decimal($0) }),
      let five = fields.next(in: bytes).flatMap({ bytes.decimal($0) }),
      let fifteen = fields.next(in: bytes).flatMap({ bytes.decimal($0) })
    else { throw origin.expected("three loads", in: bytes, 0..<bytes.count, line: 1) }
    return (one, five, fifteen)
  }

  /// Reads the share of some pressure over 60 s, of `some avg10=0.00 avg60=1.25 …`.
  ///
  /// - Throws: ``ParseError`` for any other text.
  static func pressurePercent(
    _ bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) -> Double {
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      guard bytes.starts(line, with: "some ") else { continue }
      var fields = FieldWalk(line)
      while let field = fields.next(in: bytes) {
        guard bytes.starts(field, with: "avg60="),
          let percent = bytes.decimal((field.lowerBound + 6)..<field.upperBound)
        else { continue }
        return percent
      }
    }
    throw origin.expected("a pressure", in: bytes, 0..<bytes.count, line: 1)
  }

  /// Reads the model of the first CPU, and how many there are.
  ///
  /// - Throws: ``ParseError`` when there is none.
  static func processors(
    _ bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) -> (model: String?, count: Int) {
    var (model, count): (String?, Int) = (nil, 0)
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      guard let colon = bytes.firstIndex(of: UInt8(ascii: ":"), in: line) else { continue }
      let key = bytes.trimmed(line.lowerBound..<colon)
      if bytes.equals(key, "processor") {
        count += 1
      } else if model == nil, bytes.equals(key, "model name") {
        model = bytes.text(bytes.trimmed((colon + 1)..<line.upperBound))
      }
    }
    guard count > 0 else { throw origin.expected("a CPU", in: bytes, 0..<bytes.count, line: 1) }
    return (model, count)
  }
}

/// Which entry the bytes being parsed are of: what locations and errors name.
struct EntryOrigin: Sendable {
  /// The entry's position in the bundle.
  let entry: Int
  /// Its path below the bundle's top folder.
  let path: String

  /// Returns where a line stands.
  func location(_ line: Int, _ range: Range<Int>) -> SourceLocation {
    SourceLocation(entry: entry, line: line, range: range)
  }

  /// Returns the error that says what was due at a place, and quotes what is there.
  func expected(
    _ expectation: String, in bytes: Span<UInt8>, _ range: Range<Int>, line: Int
  ) -> ParseError {
    .expected(expectation, found: Excerpt.quoting(bytes, range), path: path, line: line)
  }

  /// Checks that text which a program printed by the line ends with a whole one.
  ///
  /// - Throws: ``ParseError/cutShort(path:line:)`` when the last byte is no line break.
  func requireWholeLines(_ bytes: Span<UInt8>) throws(ParseError) {
    guard !bytes.isEmpty, bytes[bytes.count - 1] != UInt8(ascii: "\n") else { return }
    var lines = LineWalk()
    while lines.next(in: bytes) != nil {}
    throw .cutShort(path: path, line: lines.number)
  }
}

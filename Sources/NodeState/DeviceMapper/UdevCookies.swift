/// The semaphores by which device mapper waits for udev.
///
/// Source: `dmsetup udevcookies`, a heading and one line a cookie.
enum UdevCookies {
  /// Reads the lines of cookies that are waited for.
  ///
  /// - Throws: ``ParseError`` when a line is no cookie's.
  static func parse(
    _ bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) -> [HostFacts.Line] {
    try origin.requireWholeLines(bytes)
    var cookies: [HostFacts.Line] = []
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      if bytes.starts(line, with: "Cookie ") || bytes.trimmed(line).isEmpty { continue }
      guard bytes.starts(line, with: "0x") else {
        throw origin.expected("a udev cookie", in: bytes, line, line: lines.number)
      }
      cookies.append(
        HostFacts.Line(text: bytes.text(line), location: origin.location(lines.number, line)))
    }
    return cookies
  }
}

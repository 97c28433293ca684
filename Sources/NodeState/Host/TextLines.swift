/// Texts that are kept by the line, as they were printed.
enum TextLines {
  /// Returns every line but blank ones and, where a text has them, `#` comments.
  static func parse(
    _ bytes: Span<UInt8>, skippingComments: Bool, from origin: EntryOrigin
  ) -> [HostFacts.Line] {
    var kept: [HostFacts.Line] = []
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      let text = bytes.trimmed(line)
      if text.isEmpty || (skippingComments && bytes[text.lowerBound] == UInt8(ascii: "#")) {
        continue
      }
      kept.append(
        HostFacts.Line(text: bytes.text(line), location: origin.location(lines.number, line)))
    }
    return kept
  }
}

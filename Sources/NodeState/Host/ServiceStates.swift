/// The states of PVE's services, by unit.
///
/// Source: `systemctl is-active UNIT…`: one word a unit, in the order of the command line.
enum ServiceStates {
  /// Reads all states.
  ///
  /// - Throws: ``ParseError`` when there are not as many words as units.
  static func parse(
    _ bytes: Span<UInt8>, argv: [String]?, from origin: EntryOrigin
  ) throws(ParseError) -> [String: String] {
    let words = argv ?? []
    let units = words[(words.firstIndex(of: "is-active").map { $0 + 1 } ?? words.count)...]
      .filter { !$0.hasPrefix("-") }
    var states: [String: String] = [:]
    var count = 0
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      let text = bytes.trimmed(line)
      guard count < units.count, !text.isEmpty, bytes.firstIndex(of: 0x20, in: text) == nil else {
        throw origin.expected("a unit's state", in: bytes, line, line: lines.number)
      }
      states[units[count]] = bytes.text(text)
      count += 1
    }
    guard count == units.count else {
      throw origin.expected("\(units.count) states", in: bytes, 0..<0, line: lines.number)
    }
    return states
  }
}

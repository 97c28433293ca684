import BundleFormat

/// How much the node's network cards received and sent since boot.
///
/// Source: `/proc/net/dev`, proc(5). Bridges, bonds, taps and the like carry the same traffic once more
/// and are left out, unless a node has nothing else.
struct NetworkTotals: Equatable {
  let receivedBytes: Int
  let transmittedBytes: Int

  /// Reads the sum.
  ///
  /// - Throws: ``ParseError`` when a line is no interface's.
  static func parse(
    _ bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) -> NetworkTotals {
    var cards = (received: 0, transmitted: 0, count: 0)
    var others = (received: 0, transmitted: 0)
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      if lines.number <= 2 { continue }
      guard let colon = bytes.firstIndex(of: UInt8(ascii: ":"), in: line) else {
        throw origin.expected("a network interface", in: bytes, line, line: lines.number)
      }
      let name = bytes.trimmed(line.lowerBound..<colon)
      var walk = FieldWalk((colon + 1)..<line.upperBound)
      let fields = walk.all(in: bytes)
      guard fields.count >= 9, let received = bytes.integer(fields[0]),
        let transmitted = bytes.integer(fields[8])
      else { throw origin.expected("a network interface", in: bytes, line, line: lines.number) }
      if bytes.equals(name, "lo") { continue }
      if isCard(bytes, name) {
        cards = (
          cards.received.saturatingAdd(received), cards.transmitted.saturatingAdd(transmitted),
          cards.count + 1
        )
      } else {
        others = (
          others.received.saturatingAdd(received), others.transmitted.saturatingAdd(transmitted)
        )
      }
    }
    guard lines.number >= 2 else {
      throw origin.expected("network interfaces", in: bytes, 0..<bytes.count, line: 1)
    }
    return cards.count > 0
      ? NetworkTotals(receivedBytes: cards.received, transmittedBytes: cards.transmitted)
      : NetworkTotals(receivedBytes: others.received, transmittedBytes: others.transmitted)
  }

  private static func isCard(_ bytes: Span<UInt8>, _ name: Range<Int>) -> Bool {
    // A VLAN of a card is counted with the card.
    guard bytes.firstIndex(of: UInt8(ascii: "."), in: name) == nil else { return false }
    return bytes.starts(name, with: "en") || bytes.starts(name, with: "eth")
      || bytes.starts(name, with: "wl") || bytes.starts(name, with: "ib")
  }
}

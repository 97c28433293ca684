/// Links below `/dev` and the devices that they lead to.
///
/// Source: probe `dev-links`, one line `{"path":"/dev/mapper/x","device":"253:0"}` a link. A big node
/// has tens of thousands, so the probe's own form is read directly and any other as JSON.
enum DeviceLinks {
  /// Reads all links.
  ///
  /// - Throws: ``ParseError`` when a line is none of the probe's.
  static func parse(
    _ content: [UInt8], from origin: EntryOrigin
  ) throws(ParseError) -> [String: DeviceNumber] {
    let bytes = content.span
    try origin.requireWholeLines(bytes)
    var links: [String: DeviceNumber] = [:]
    links.reserveCapacity(content.count / 64)
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      guard let (path, device) = plainLink(line, in: bytes) else {
        for line in try JSONLines.parse(content, from: origin) {
          links[try line.text("path")] = try line.device("device")
        }
        return links
      }
      links[bytes.text(path)] = device
    }
    return links
  }

  private static let opening: StaticString = "{\"path\":\""
  private static let middle: StaticString = "\",\"device\":\""

  private static func plainLink(
    _ line: Range<Int>, in bytes: Span<UInt8>
  ) -> (path: Range<Int>, device: DeviceNumber)? {
    guard bytes.starts(line, with: opening) else { return nil }
    let path = line.lowerBound + opening.utf8CodeUnitCount
    let end = bytes.firstOutsideText(from: path)
    guard end < line.upperBound, bytes.starts(end..<line.upperBound, with: middle) else {
      return nil
    }
    let number = end + middle.utf8CodeUnitCount
    guard let quote = bytes.firstIndex(of: UInt8(ascii: "\""), in: number..<line.upperBound),
      bytes.equals(quote..<line.upperBound, "\"}"), let device = bytes.device(number..<quote)
    else { return nil }
    return (path..<end, device)
  }
}

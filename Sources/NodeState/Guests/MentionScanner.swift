/// Finds what looks like a volume or a device in text that PVE doesn't read for any.
///
/// It would rather find too much: a mention only ever keeps a mapping from being called a leftover.
enum MentionScanner {
  /// Appends the volume ids and device paths of a range.
  static func scan(
    _ bytes: Span<UInt8>, _ range: Range<Int>, place: String, location: SourceLocation,
    into mentions: inout [Mention]
  ) {
    var index = range.lowerBound
    while index < range.upperBound {
      guard isTokenByte(bytes[index]) else {
        index += 1
        continue
      }
      var end = index
      while end < range.upperBound, isTokenByte(bytes[end]) { end += 1 }
      if let text = device(bytes, index..<end) ?? volume(bytes, index..<end) {
        mentions.append(Mention(text: text, place: place, location: location))
      }
      index = end
    }
  }

  /// Appends those of a description, of which PVE writes colons and more as `%3A`.
  static func scanDescription(
    _ bytes: Span<UInt8>, _ range: Range<Int>, place: String, location: SourceLocation,
    into mentions: inout [Mention]
  ) {
    guard bytes.firstIndex(of: UInt8(ascii: "%"), in: range) != nil else {
      return scan(bytes, range, place: place, location: location, into: &mentions)
    }
    var decoded: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if bytes[index] == UInt8(ascii: "%"), index + 3 <= range.upperBound,
        let value = bytes.hexadecimal((index + 1)..<(index + 3))
      {
        decoded.append(UInt8(truncatingIfNeeded: value))
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    scan(
      decoded.span, 0..<decoded.count, place: place, location: location, into: &mentions)
  }

  /// `A-Z a-z 0-9 + _ . @ : / -`
  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "-")...UInt8(ascii: ":"), UInt8(ascii: "@")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "+"):
      true
    default: false
    }
  }

  /// `…/dev/NAME`
  private static func device(_ bytes: Span<UInt8>, _ token: Range<Int>) -> String? {
    guard let start = bytes.firstIndex(of: "/dev/", in: token), start + 5 < token.upperBound
    else { return nil }
    return bytes.text(start..<token.upperBound)
  }

  /// `STORAGE:…vm-…`: an id whose volume is named like a guest's.
  private static func volume(_ bytes: Span<UInt8>, _ token: Range<Int>) -> String? {
    guard let first = bytes.firstIndex(of: UInt8(ascii: ":"), in: token),
      isGuestVolume(bytes, first..<token.upperBound)
    else { return nil }
    var rest = token
    while let colon = bytes.firstIndex(of: UInt8(ascii: ":"), in: rest) {
      var start = colon
      while start > token.lowerBound, PVEName.isStorageIDByte(bytes[start - 1]) { start -= 1 }
      let name = (colon + 1)..<token.upperBound
      if start < colon, isGuestVolume(bytes, name) { return bytes.text(start..<token.upperBound) }
      rest = name
    }
    return nil
  }

  private static func isGuestVolume(_ bytes: Span<UInt8>, _ name: Range<Int>) -> Bool {
    for prefix: StaticString in ["vm-", "base-", "snap_", "del-", "subvol-"]
    where bytes.firstIndex(of: prefix, in: name) != nil {
      return true
    }
    return false
  }
}

import BundleFormat

/// Finds what looks like a volume or a device in text that PVE doesn't read for any.
///
/// It would rather find too much: a mention only ever keeps a mapping from being called a leftover. So what
/// is joined to other words, `blkverify:/dev/a/x:/dev/b/y` or `san:vm-100-disk-0@pve2`, is read with them and
/// without.
enum MentionScanner {
  /// More than a mapping's name of 127 bytes takes when each stands as `\xNN`, with the folder before it.
  private static let maximumBytes = 544

  /// Appends the volume ids and device paths of a range.
  static func scan(
    _ bytes: Span<UInt8>, _ range: Range<Int>, place: String, location: SourceLocation,
    into mentions: inout [Mention]
  ) {
    if let plain = EscapedSlashes.plain(bytes.extracting(range)) {
      scan(plain.span, 0..<plain.count, place: place, location: location, into: &mentions)
    }
    for path in OddDevicePaths.all(in: bytes.extracting(range)) {
      let text = String(decoding: path, as: UTF8.self)
      mentions.append(Mention(text: text, place: place, location: location))
    }
    var index = range.lowerBound
    while index < range.upperBound {
      guard OddDevicePaths.isTokenByte(bytes[index]) else {
        index += 1
        continue
      }
      var end = index
      while end < range.upperBound, OddDevicePaths.isTokenByte(bytes[end]) { end += 1 }
      let token = index..<end
      func add(_ text: String) {
        mentions.append(Mention(text: text, place: place, location: location))
      }
      forEachDevice(bytes, token) { add(bytes.text($0)) }
      forEachVolume(bytes, token, add)
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

  /// `…/dev/NAME`: from each to the next.
  private static func forEachDevice(
    _ bytes: Span<UInt8>, _ token: Range<Int>, _ body: (Range<Int>) -> Void
  ) {
    var next = bytes.firstIndex(of: "/dev/", in: token)
    while let start = next {
      let name = (start + 5)..<token.upperBound
      next = bytes.firstIndex(of: "/dev/", in: name)
      forEachEnd(of: name.lowerBound..<(next ?? name.upperBound), at: [":", "@", "+"], bytes) {
        body(start..<$0)
      }
    }
  }

  /// `STORAGE:…vm-…`: ids whose volume is named like a guest's, also one in a folder or with an extension, as
  /// storages of files have them.
  private static func forEachVolume(
    _ bytes: Span<UInt8>, _ token: Range<Int>, _ body: (String) -> Void
  ) {
    var rest = token
    while let colon = bytes.firstIndex(of: UInt8(ascii: ":"), in: rest) {
      var start = colon
      while start > token.lowerBound, colon - start < maximumBytes,
        PVEName.isStorageIDByte(bytes[start - 1])
      {
        start -= 1
      }
      rest = (colon + 1)..<token.upperBound
      guard start < colon, !rest.isEmpty, bytes[rest.lowerBound] != UInt8(ascii: "/") else {
        continue
      }
      let name = rest.lowerBound
      forEachEnd(of: rest, at: [":", "@", "+", "/", "."], bytes) { end in
        if isGuestVolume(bytes, name..<end) { body(bytes.text(start..<end)) }
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/"), in: name..<end) else { return }
        let last = (slash + 1)..<end
        if isGuestVolume(bytes, last) {
          body(bytes.text(start..<name) + bytes.text(last))
        }
      }
    }
  }

  /// Hands over where a name may end: where the text does, and before the first of each byte.
  private static func forEachEnd(
    of text: Range<Int>, at separators: [Unicode.Scalar], _ bytes: Span<UInt8>,
    _ body: (Int) -> Void
  ) {
    let near = text.lowerBound..<min(text.upperBound, text.lowerBound + maximumBytes)
    if near == text && !text.isEmpty { body(text.upperBound) }
    for separator in separators {
      guard let end = bytes.firstIndex(of: UInt8(ascii: separator), in: near),
        end > text.lowerBound
      else { continue }
      body(end)
    }
  }

  private static func isGuestVolume(_ bytes: Span<UInt8>, _ name: Range<Int>) -> Bool {
    for prefix: StaticString in ["vm-", "base-", "snap_", "del-", "subvol-"]
    where bytes.firstIndex(of: prefix, in: name) != nil {
      return true
    }
    return false
  }
}

/// Device paths with what names seldom hold: blanks as udev writes them, `/dev/disk/by-label/my\x20disk`, and
/// letters beyond ASCII.
///
/// Partitions of Windows are called `Basic\x20data\x20partition`. In JSON each backslash is doubled, and a
/// letter may be written by its number. By the collector and by the analyzer they are looked for alike.
public enum OddDevicePaths {
  /// As long as a path may be with each byte of a name of 255 written as `\\xNN`.
  private static let maximumBytes = 1_400

  /// Returns those paths of a text, as they are called: each as far as the next begins, so all together have no
  /// more bytes than the text.
  public static func all(in text: Span<UInt8>) -> [[UInt8]] {
    var paths: [[UInt8]] = []
    var next = deviceFolder(in: text, from: 0)
    while let start = next {
      next = deviceFolder(in: text, from: start + 5)
      if let path = path(text, from: start, to: next) { paths.append(path) }
    }
    return paths
  }

  /// The bytes that such a path, as it is called, has in front of the first odd one.
  public static func plainStart(of path: [UInt8]) -> ArraySlice<UInt8> {
    path.prefix(while: isTokenByte)
  }

  /// Where the next `/dev/` stands that something follows.
  private static func deviceFolder(in text: Span<UInt8>, from first: Int) -> Int? {
    var start = first
    while start + 5 < text.count {
      if text[start] == UInt8(ascii: "/"), text[start + 1] == UInt8(ascii: "d"),
        text[start + 2] == UInt8(ascii: "e"), text[start + 3] == UInt8(ascii: "v"),
        text[start + 4] == UInt8(ascii: "/")
      {
        return start
      }
      start += 1
    }
    return nil
  }

  /// Nil for a path without such a byte. What joins it to the next is none of it.
  private static func path(_ text: Span<UInt8>, from start: Int, to next: Int?) -> [UInt8]? {
    var path: [UInt8] = []
    var isOdd = false
    var index = start
    let end = min(next ?? text.count, start + maximumBytes)
    while index < end {
      let byte = text[index]
      if byte == UInt8(ascii: "\\") {
        guard let (bytes, next) = escape(text, at: index) else { break }
        path += bytes
        index = next
        isOdd = true
        continue
      }
      let isOther = isOfLink(byte) && path.starts(with: "/dev/disk/".utf8)
      guard isOther || isTokenByte(byte) else { break }
      isOdd = isOdd || isOther
      path.append(byte)
      index += 1
    }
    if index == next {
      while let last = path.last, ":/@+-=#".utf8.contains(last) { path.removeLast() }
    }
    return isOdd ? path : nil
  }

  /// `\x20` and `\\x20`, of which udev writes the first, and `\u00f6`; a control character or another one of
  /// ASCII ends the path.
  private static func escape(
    _ text: Span<UInt8>, at index: Int
  ) -> (bytes: [UInt8], next: Int)? {
    var letter = index + 1
    while letter < text.count, text[letter] == UInt8(ascii: "\\") { letter += 1 }
    guard letter < text.count else { return nil }
    switch text[letter] {
    case UInt8(ascii: "x"):
      guard value(text, letter + 1, digits: 2) != nil else { return nil }
      return (
        Array("\\x".utf8) + [text[letter + 1], text[letter + 2]], letter + 3
      )
    case UInt8(ascii: "u"):
      guard let value = value(text, letter + 1, digits: 4), value >= 0xA0,
        let scalar = Unicode.Scalar(value)
      else { return nil }
      return (Array(String(Character(scalar)).utf8), letter + 5)
    default: return nil
    }
  }

  private static func value(_ text: Span<UInt8>, _ start: Int, digits: Int) -> UInt32? {
    guard start + digits <= text.count else { return nil }
    var value: UInt32 = 0
    for index in start..<(start + digits) {
      guard let digit = Character(Unicode.Scalar(text[index])).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  /// What people's names for disks may hold, and no name of LVM's; elsewhere it ends a path.
  private static func isOfLink(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "#")
  }

  /// What names of devices and volumes mostly consist of, and what joins them: `A-Z a-z 0-9 + _ . @ : / -`.
  @inlinable
  public static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "-")...UInt8(ascii: ":"), UInt8(ascii: "@")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "+"):
      true
    default: false
    }
  }
}

extension ByteBuffer {
  /// Puts UTF-8 text as what stands between the quotes of a JSON string, and leaves room for a byte.
  ///
  /// Escaped are `"`, `\`, control characters, and what else a terminal or JavaScript might act upon.
  /// Needs room for the text and for eight bytes more.
  @inline(__always)
  mutating func put(escaping text: UnsafeBufferPointer<UInt8>) {
    guard let start = text.baseAddress else { return }
    let plain = end.copyPlain(from: start, count: text.count)
    advance(by: plain)
    if plain < text.count {
      _ = append(escaping: start + plain, count: text.count &- plain, isASCIIOnly: false)
    }
  }

  /// The same for ASCII text; false where it is not, and then a part of it may have been put.
  @inline(__always)
  mutating func put(escapingASCII text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let start = text.baseAddress else { return true }
    let plain = end.copyPlain(from: start, count: text.count)
    advance(by: plain)
    return plain == text.count
      || append(escaping: start + plain, count: text.count &- plain, isASCIIOnly: true)
  }

  /// Appends text that has special bytes.
  @inline(never)
  private mutating func append(
    escaping text: UnsafePointer<UInt8>, count: Int, isASCIIOnly: Bool
  ) -> Bool {
    var next = text
    var rest = count
    while true {
      // Room for what is left, for so many quotes among it, and for another escape.
      var quotes = 64
      makeRoom(for: rest &+ quotes &+ 16)
      var target = end
      while true {
        let plain = target.copyPlain(from: next, count: rest)
        target += plain
        next += plain
        rest &-= plain
        guard rest > 0, quotes > 0, next[0].isQuoteOrBackslash else { break }
        target.storeBytes(of: UInt8(ascii: "\\"), as: UInt8.self)
        target.storeBytes(of: next[0], toByteOffset: 1, as: UInt8.self)
        target += 2
        next += 1
        rest &-= 1
        quotes &-= 1
      }
      advance(by: target - end)
      if rest == 0 { return true }
      if next[0] >= 0x80 && isASCIIOnly { return false }
      let length = put(specialAt: next, count: rest)
      next += length
      rest &-= length
    }
  }

  /// Puts the special byte that stands there, or the character that begins with it and is not to be seen;
  /// returns how long that was.
  ///
  /// Needs room for twelve bytes.
  private mutating func put(specialAt place: UnsafePointer<UInt8>, count: Int) -> Int {
    let byte = place[0]
    if byte >= 0x80, let (unit, length) = Self.unseenCharacter(at: place, count: count) {
      put(unit: unit)
      return length
    }
    if byte == 0xF3, let low = Self.tagCharacter(at: place, count: count) {
      put(unit: 0xDB40)
      put(unit: low)
      return 4
    }
    if byte >= 0x80 { put(byte) } else { put(escape: byte) }
    return 1
  }

  /// The character of well-formed UTF-8 that begins there, and its bytes, if it is a control character
  /// beyond ASCII, invisible, turns the reading direction, or ends a line: those of two and three bytes.
  private static func unseenCharacter(
    at place: UnsafePointer<UInt8>, count: Int
  ) -> (unit: UInt16, length: Int)? {
    if count > 1, place[0] & 0xE0 == 0xC0 {
      let unit = UInt16(place[0] & 0x1F) << 6 | UInt16(place[1] & 0x3F)
      return unit < 0xA0 || unit == 0xAD || unit == 0x061C ? (unit, 2) : nil
    }
    guard count > 2, place[0] & 0xF0 == 0xE0 else { return nil }
    let unit =
      UInt16(place[0] & 0x0F) << 12 | UInt16(place[1] & 0x3F) << 6 | UInt16(place[2] & 0x3F)
    switch unit {
    case 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB:
      return (unit, 3)
    default: return nil
    }
  }

  /// Puts a unit of UTF-16 as an escape.
  private mutating func put(unit: UInt16) {
    put(UInt8(ascii: "\\"))
    put(UInt8(ascii: "u"))
    for half in [UInt8(unit >> 8), UInt8(unit & 0xFF)] {
      put(half.hexDigits.high)
      put(half.hexDigits.low)
    }
  }

  /// The low surrogate of the tag character, U+E0000 to U+E007F, that begins there; nil for another one.
  ///
  /// Tags are of four bytes and hide a text of ASCII in another one.
  private static func tagCharacter(at place: UnsafePointer<UInt8>, count: Int) -> UInt16? {
    guard count > 3, place[0] == 0xF3, place[1] == 0xA0, place[2] & 0xFE == 0x80 else { return nil }
    return 0xDC00 | UInt16(place[2] & 1) << 6 | UInt16(place[3] & 0x3F)
  }

  /// Puts an ASCII character that needs one with its escape. Needs room for six bytes.
  private mutating func put(escape byte: UInt8) {
    put(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): put(byte)
    case UInt8(ascii: "\n"): put(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): put(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): put(UInt8(ascii: "t"))
    default:
      put(UInt8(ascii: "u"))
      put(UInt8(ascii: "0"))
      put(UInt8(ascii: "0"))
      put(byte.hexDigits.high)
      put(byte.hexDigits.low)
    }
  }
}

extension UInt8 {
  @inline(__always)
  fileprivate var isQuoteOrBackslash: Bool {
    self == UInt8(ascii: "\"") || self == UInt8(ascii: "\\")
  }

  /// The byte as two lower-case hexadecimal digits.
  var hexDigits: (high: UInt8, low: UInt8) {
    func digit(_ value: UInt8) -> UInt8 {
      value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
    }
    return (digit(self >> 4), digit(self & 15))
  }
}

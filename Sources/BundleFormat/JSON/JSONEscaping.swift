extension [UInt8] {
  /// Appends UTF-8 text as a JSON string.
  ///
  /// Escaped are `"`, `\`, control characters, and U+2028 and U+2029, which end a line in JavaScript.
  mutating func append(quoting text: UnsafeBufferPointer<UInt8>) {
    let unsafe = firstUnsafe(in: text, from: 0)
    guard unsafe == text.count else {
      append(UInt8(ascii: "\""))
      append(escaping: text, from: unsafe)
      append(UInt8(ascii: "\""))
      return
    }
    append(addingCapacity: text.count + 2) { output in
      output.withUnsafeMutableBufferPointer { target, count in
        target[count] = UInt8(ascii: "\"")
        for offset in 0..<text.count { target[count + 1 + offset] = text[offset] }
        target[count + 1 + text.count] = UInt8(ascii: "\"")
        count += text.count + 2
      }
    }
  }

  /// Appends UTF-8 text as what stands between the quotes.
  mutating func append(escaping text: UnsafeBufferPointer<UInt8>) {
    append(escaping: text, from: firstUnsafe(in: text, from: 0))
  }

  private mutating func append(escaping text: UnsafeBufferPointer<UInt8>, from first: Int) {
    let end = text.count
    var clean = 0
    var position = first
    while position < end {
      let byte = text[position]
      // U+2028 and U+2029 are E2 80 A8 and E2 80 A9.
      if byte == 0xE2 {
        guard position + 2 < end, text[position + 1] == 0x80, text[position + 2] | 1 == 0xA9 else {
          position = firstUnsafe(in: text, from: position + 1)
          continue
        }
        append(contentsOf: UnsafeBufferPointer(rebasing: text[clean..<position]))
        append(literal: text[position + 2] == 0xA8 ? "\\u2028" : "\\u2029")
        position += 3
      } else {
        append(contentsOf: UnsafeBufferPointer(rebasing: text[clean..<position]))
        append(escape: byte)
        position += 1
      }
      clean = position
      position = firstUnsafe(in: text, from: position)
    }
    append(contentsOf: UnsafeBufferPointer(rebasing: text[clean..<end]))
  }

  /// Returns where the first byte stands that may need an escape; the count when there is none.
  private func firstUnsafe(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var position = start
    while position + 8 <= text.count {
      let word = UnsafeRawBufferPointer(text).loadUnaligned(
        fromByteOffset: position, as: UInt64.self)
      if word.hasByteOfJSONString { break }
      position += 8
    }
    while position < text.count {
      let byte = text[position]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0xE2 {
        return position
      }
      position += 1
    }
    return position
  }

  private mutating func append(escape byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append(literal: "\\\"")
    case UInt8(ascii: "\\"): append(literal: "\\\\")
    case UInt8(ascii: "\n"): append(literal: "\\n")
    case UInt8(ascii: "\r"): append(literal: "\\r")
    case UInt8(ascii: "\t"): append(literal: "\\t")
    default:
      append(literal: "\\u00")
      append(byte.hexDigits.high)
      append(byte.hexDigits.low)
    }
  }

  /// Appends ASCII text as it stands.
  mutating func append(literal text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}

extension UInt64 {
  /// Whether one of the eight bytes is a control character, `"`, `\` or E2.
  ///
  /// Source: "Determine if a word has a byte less than n", Bit Twiddling Hacks; it may also say yes
  /// when a byte before is one, never no when there is one.
  fileprivate var hasByteOfJSONString: Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    func zero(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }
    let control = (self &- ones &* 0x20) & ~self
    let quote = zero(self ^ (ones &* 0x22))
    let backslash = zero(self ^ (ones &* 0x5C))
    let separator = zero(self ^ (ones &* 0xE2))
    return (control | quote | backslash | separator) & highs != 0
  }
}

extension UInt8 {
  /// The byte as two lower-case hexadecimal digits.
  var hexDigits: (high: UInt8, low: UInt8) {
    func digit(_ value: UInt8) -> UInt8 {
      value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
    }
    return (digit(self >> 4), digit(self & 15))
  }
}

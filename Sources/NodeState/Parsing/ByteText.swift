/// Reading text as bytes, by ranges of one span.
///
/// What is read in loops checks its range once, at the start, and then goes without further checks.
extension Span where Element == UInt8 {
  /// Returns eight bytes, the first in the lowest byte; the caller knows that they are there.
  @inline(__always)
  func uncheckedWord(at index: Int) -> UInt64 {
    bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self).littleEndian
  }

  /// Returns where a byte first stands in a range.
  @inline(__always)
  func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
    var index = range.lowerBound
    // Eight bytes at a time: a zero byte in `word` is a hit (Hacker's Delight, 6-1).
    while index &+ 8 <= range.upperBound {
      let word = uncheckedWord(at: index) ^ pattern
      let hit = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
      if hit != 0 { return index &+ hit.trailingZeroBitCount / 8 }
      index &+= 8
    }
    while index < range.upperBound {
      if self[unchecked: index] == byte { return index }
      index &+= 1
    }
    return nil
  }

  /// Returns where a byte last stands in a range.
  func lastIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
    var index = range.upperBound
    while index > range.lowerBound {
      index -= 1
      if self[index] == byte { return index }
    }
    return nil
  }

  /// Returns where a text first stands in a range.
  func firstIndex(of text: StaticString, in range: Range<Int>) -> Int? {
    let first = text.utf8Start.pointee
    var rest = range
    while let index = firstIndex(of: first, in: rest) {
      if starts(index..<range.upperBound, with: text) { return index }
      rest = (index + 1)..<range.upperBound
    }
    return nil
  }

  /// Whether a range holds exactly the ASCII text.
  @inline(__always)
  func equals(_ range: Range<Int>, _ text: StaticString) -> Bool {
    range.count == text.utf8CodeUnitCount && starts(range, with: text)
  }

  /// Whether a range begins with the ASCII text.
  @inline(__always)
  func starts(_ range: Range<Int>, with text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard range.count >= length else { return false }
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    let start = range.lowerBound
    let expected = UnsafeRawPointer(text.utf8Start)
    var offset = 0
    // The text has eight more bytes, and so has the range, which is at least as long.
    while offset &+ 8 <= length {
      let word = expected.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
      if uncheckedWord(at: start &+ offset) != word { return false }
      offset &+= 8
    }
    while offset < length {
      if self[unchecked: start &+ offset] != text.utf8Start[offset] { return false }
      offset &+= 1
    }
    return true
  }

  /// Whether two ranges hold the same bytes.
  func equals(_ range: Range<Int>, _ other: Range<Int>, of bytes: Span<UInt8>) -> Bool {
    guard range.count == other.count else { return false }
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    precondition(other.lowerBound >= 0 && other.upperBound <= bytes.count)
    var (left, right) = (range.lowerBound, other.lowerBound)
    guard range.count >= 8 else {
      while left < range.upperBound {
        if self[unchecked: left] != bytes[unchecked: right] { return false }
        left &+= 1
        right &+= 1
      }
      return true
    }
    while left &+ 8 <= range.upperBound {
      if uncheckedWord(at: left) != bytes.uncheckedWord(at: right) { return false }
      left &+= 8
      right &+= 8
    }
    // The last word again, as far to the right as it goes.
    return uncheckedWord(at: range.upperBound &- 8)
      == bytes.uncheckedWord(at: other.upperBound &- 8)
  }

  /// Whether a range's bytes come before those of another one, in the order in which texts of ASCII stand.
  func precedes(_ range: Range<Int>, _ other: Range<Int>) -> Bool {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    precondition(other.lowerBound >= 0 && other.upperBound <= count)
    let shared = Swift.min(range.count, other.count)
    var offset = 0
    while offset &+ 8 <= shared {
      let left = uncheckedWord(at: range.lowerBound &+ offset)
      let right = uncheckedWord(at: other.lowerBound &+ offset)
      if left != right { return left.byteSwapped < right.byteSwapped }
      offset &+= 8
    }
    while offset < shared {
      let left = self[unchecked: range.lowerBound &+ offset]
      let right = self[unchecked: other.lowerBound &+ offset]
      if left != right { return left < right }
      offset &+= 1
    }
    return range.count < other.count
  }

  /// Returns a range's text; ill-formed UTF-8 is replaced.
  func text(_ range: Range<Int>) -> String {
    extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }

  /// Reads decimal digits and nothing else; nil for any other text or a number past `Int`.
  func integer(_ range: Range<Int>) -> Int? {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    guard !range.isEmpty, range.count <= 19 else { return nil }
    // 19 digits are below 10^19, so they fit the word in which they are summed up.
    var value: UInt64 = 0
    for index in range {
      let digit = self[unchecked: index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value &* 10 &+ UInt64(digit)
    }
    return Int(exactly: value)
  }

  /// Reads a decimal number with an optional fraction, `12.50`.
  func decimal(_ range: Range<Int>) -> Double? {
    let point = firstIndex(of: UInt8(ascii: "."), in: range)
    guard let whole = integer(range.lowerBound..<(point ?? range.upperBound)) else { return nil }
    guard let point else { return Double(whole) }
    let fraction = (point + 1)..<range.upperBound
    guard fraction.count <= 15, let digits = integer(fraction) else { return nil }
    var scale = 1
    for _ in fraction { scale *= 10 }
    let (scaled, overflow) = whole.multipliedReportingOverflow(by: scale)
    let (sum, carry) = scaled.addingReportingOverflow(digits)
    // One division of two whole numbers gives the nearest double, as reading the text would.
    return overflow || carry ? Double(whole) : Double(sum) / Double(scale)
  }

  /// Reads `253:7`.
  func device(_ range: Range<Int>) -> DeviceNumber? {
    guard let colon = firstIndex(of: UInt8(ascii: ":"), in: range) else { return nil }
    return device(major: range.lowerBound..<colon, minor: (colon + 1)..<range.upperBound)
  }

  /// Reads a device number of two fields.
  func device(major: Range<Int>, minor: Range<Int>) -> DeviceNumber? {
    guard let major = integer(major), let minor = integer(minor), major <= 4095,
      minor <= 1_048_575
    else { return nil }
    return DeviceNumber(major: UInt32(major), minor: UInt32(minor))
  }

  /// Reads hexadecimal digits of either case.
  func hexadecimal(_ range: Range<Int>) -> Int? {
    guard !range.isEmpty, range.count <= 15 else { return nil }
    var value = 0
    for index in range {
      guard let digit = Self.hexadecimalDigit(self[index]) else { return nil }
      value = value << 4 | Int(digit)
    }
    return value
  }

  static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// Returns a range without the blanks at both ends.
  @inline(__always)
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, self[start].isBlank { start += 1 }
    while end > start, self[end - 1].isBlank { end -= 1 }
    return start..<end
  }

  /// Returns a range without the blanks at its end.
  @inline(__always)
  func withoutTrailingBlanks(_ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    while end > range.lowerBound, self[end &- 1].isBlank { end &-= 1 }
    return range.lowerBound..<end
  }

  /// Reads a guest's number.
  func guestID(_ range: Range<Int>) -> GuestID? {
    guard let number = integer(range), self[range.lowerBound] != UInt8(ascii: "0") else {
      return nil
    }
    return GuestID(number)
  }
}

extension UInt8 {
  /// What Perl's `\s` matches.
  @inline(__always)
  var isBlank: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
  @inline(__always)
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
  @inline(__always)
  var isLowerLetter: Bool { self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") }
  @inline(__always)
  var isLetter: Bool { (self | 0x20).isLowerLetter }
}

extension ByteBuffer {
  /// Appends a number's decimal digits.
  mutating func append(decimal number: Int) {
    makeRoom(for: 29)
    if number < 0 { put(UInt8(ascii: "-")) }
    append(digits: number.magnitude)
  }

  /// Needs room for 27 bytes.
  private mutating func append(digits number: UInt) {
    if number < 10 { return put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number)) }
    // Eight digits at a time, the last ones last.
    if number >= 100_000_000 { append(digits: number / 100_000_000) }
    var rest = UInt32(truncatingIfNeeded: number % 100_000_000)
    // The first digit in the lowest byte.
    var word: UInt64 = 0
    var length = 0
    repeat {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      word = word &<< 8 | UInt64(UInt8(ascii: "0")) | UInt64(digit)
      length &+= 1
      rest = quotient
    } while rest > 0
    if number >= 100_000_000 {
      // Zeros are digits here.
      while length < 8 {
        word = word &<< 8 | UInt64(UInt8(ascii: "0"))
        length &+= 1
      }
    }
    put(word, count: length)
  }

  /// Appends a number rounded to at most that many decimals (0 to 9), without trailing zeros.
  ///
  /// JSON has no word for infinity and NaN: they become `null`.
  mutating func append(_ number: Double, decimals: Int) {
    guard number.isFinite else { return append(literal: "null") }
    let places = Swift.min(Swift.max(decimals, 0), 9)
    let scale = (0..<places).reduce(1) { scale, _ in scale * 10 }
    let scaled = number * Double(scale)
    // Beyond this, a Double has no decimals, and its own digits are the shortest that read back.
    guard scaled.magnitude < 9e15 else { return append(ascii: "\(number)") }
    let whole = Int(scaled + (scaled < 0 ? -0.5 : 0.5))
    makeRoom(for: 40)
    if whole < 0 { put(UInt8(ascii: "-")) }
    let magnitude = Int(whole.magnitude)
    append(digits: UInt(magnitude / scale))
    var fraction = magnitude % scale
    if fraction == 0 { return }
    put(UInt8(ascii: "."))
    var place = scale / 10
    while fraction > 0 {
      put(UInt8(ascii: "0") + UInt8(fraction / place))
      fraction %= place
      place /= 10
    }
  }
}

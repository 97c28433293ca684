extension JSONScanner {
  /// Takes a number, from its sign or first digit on.
  mutating func scanNumber() throws(JSONError) {
    let start = position
    var isWhole = true
    if peek == UInt8(ascii: "-") { position += 1 }
    if peek == UInt8(ascii: "0") { position += 1 } else { try scanDigits() }
    if peek == UInt8(ascii: ".") {
      isWhole = false
      position += 1
      try scanDigits()
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      isWhole = false
      position += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
      try scanDigits()
    }
    range = start..<position
    hasEscapes = false
    // 308 digits and no exponent always fit a Double; the rest is tried.
    if isWhole && range.count <= 308 { return }
    guard let double, double.isFinite else { throw .invalidNumber(line: line) }
  }

  private mutating func scanDigits() throws(JSONError) {
    let start = position
    while let byte = peek, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
    if position == start { throw .invalidNumber(line: line) }
  }
}

/// A source's text while it is being written.
struct TextBuffer {
  private(set) var bytes: [UInt8] = []

  mutating func line(_ text: String = "") {
    write(text)
    bytes.append(UInt8(ascii: "\n"))
  }

  mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }
}

/// Pads with blanks on the left.
func leftPadded(_ text: String, to width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.utf8.count)) + text
}

/// Pads with blanks on the right.
func rightPadded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.utf8.count))
}

/// Eight upper-case hexadecimal digits, as in a UPID.
func upperHex(_ value: Int) -> String {
  let digits = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, 8 - digits.utf8.count)) + digits
}

/// Text from a bundle on its way to a terminal.
public enum TerminalText {
  /// Returns the text with every character that a terminal might act upon written as an escape.
  ///
  /// Those are control characters, and the invisible ones that turn the reading direction or end a line:
  /// `\x1b`, `\u{202e}`. A backslash stays as it is.
  public static func escaped(_ text: String) -> String {
    if text.unicodeScalars.allSatisfy({ !isUnsafe($0) }) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if !isUnsafe(scalar) {
        result.unicodeScalars.append(scalar)
      } else if scalar.value < 0x100 {
        let digits = UInt8(scalar.value).hexDigits
        result += "\\x"
        result.unicodeScalars.append(Unicode.Scalar(digits.high))
        result.unicodeScalars.append(Unicode.Scalar(digits.low))
      } else {
        result += "\\u{\(String(scalar.value, radix: 16))}"
      }
    }
    return result
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value >= 0x20 && scalar.value < 0x7F { return false }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return false
    }
  }
}

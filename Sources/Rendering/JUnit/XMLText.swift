import BundleFormat

/// Text as it may stand in XML 1.0, in an element or in an attribute within double quotes.
///
/// Source: Extensible Markup Language (XML) 1.0, 2.2 (characters) and 2.4.
enum XMLText {
  /// Control characters, which XML has no way to write, are shown as on a terminal.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in TerminalText.escaped(text).unicodeScalars {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\"": result += "&quot;"
      case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A text without blanks at its ends and without two in a row, as a token has to be; never empty.
  static func token(_ text: String) -> String {
    let words = text.split(separator: " ")
    return words.isEmpty ? "-" : escaped(words.joined(separator: " "))
  }
}

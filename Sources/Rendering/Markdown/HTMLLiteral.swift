import BundleFormat

/// Text within an HTML tag of Markdown.
enum HTMLLiteral {
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in TerminalText.escaped(text).unicodeScalars {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      // In a line that begins with a tag, Markdown is read all the same.
      case "`", "*", "_", "[", "]", "!", "~", "\\", "|", "@", "#", ":", "$":
        result += "&#\(scalar.value);"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

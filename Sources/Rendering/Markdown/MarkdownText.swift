import BundleFormat

/// Text that Markdown shows as exactly this text: no markup, no HTML, no link, no mention.
///
/// Nothing from a bundle is put into Markdown but through these functions.
/// Source: GitHub Flavored Markdown 0.29, sections 6.1 (backslash escapes), 6.3 (code spans), 6.9
/// (autolinks); 4.5 (fenced code blocks).
enum MarkdownText {
  /// Returns a sentence for the running text, on one line.
  static func prose(_ text: String) -> String {
    let scalars = Array(TerminalText.escaped(text).unicodeScalars)
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      // Trackers turn these into mentions and cross references after rendering: another node of the
      // document between sign and name keeps them from it.
      case "@", "#": result += "<span>\(scalar)</span>"
      case ":" where scalars[(index + 1)...].starts(with: "//".unicodeScalars): result += "&#58;"
      case "."
      where index >= 3 && scalars[(index - 3)..<index].allSatisfy { $0 == "w" || $0 == "W" }:
        result += "&#46;"
      case "\\", "`", "*", "_", "[", "]", "!", "|", "~", "$": result += "\\\(scalar)"
      case _ where opensBlock(scalar, behind: scalars[..<index]): result += "\\\(scalar)"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Whether a character opens a list or underlines a heading where a line starts: `- `, `===`, `12. `.
  private static func opensBlock(
    _ scalar: Unicode.Scalar, behind start: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    switch scalar {
    case "-", "+", "=": start.isEmpty
    case ".", ")": !start.isEmpty && start.allSatisfy { ("0"..."9").contains($0) }
    default: false
    }
  }

  /// Returns a name or command as a code span.
  ///
  /// - Parameter inTable: In a table's cell a bar ends the cell even within a code span.
  static func code(_ text: String, inTable: Bool = false) -> String {
    let text = TerminalText.escaped(text)
    if text.isEmpty { return "(empty)" }
    let fence = String(repeating: "`", count: longestRun(in: text) + 1)
    let pad = text.hasPrefix("`") || text.hasSuffix("`") || text.hasPrefix(" ") ? " " : ""
    let body =
      inTable
      ? text.split(separator: "|", omittingEmptySubsequences: false)
        .joined(separator: "\\|") : text
    return fence + pad + body + pad + fence
  }

  /// Returns lines as a fenced code block.
  static func block(_ lines: [String], language: String = "text") -> [String] {
    let lines = lines.map(TerminalText.escaped)
    let fence = String(
      repeating: "`", count: max(3, (lines.map(longestRun).max() ?? 0) + 1))
    return [fence + language] + lines + [fence]
  }

  /// The length of the longest run of backquotes.
  private static func longestRun(in text: String) -> Int {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}

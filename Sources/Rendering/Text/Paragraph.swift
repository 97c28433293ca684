/// Prose on lines that fit a terminal.
public enum Paragraph {
  /// The columns of a line that is easy to read.
  public static let width = 88

  /// Breaks a text at blanks so that no line is longer than `width`, if its words allow it.
  static func wrapped(_ text: String, indentation: Int, width: Int = width) -> [String] {
    let margin = String(repeating: " ", count: indentation)
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty,
        indentation + TextWidth.columns(of: line) + 1 + TextWidth.columns(of: String(word)) > width
      {
        lines.append(margin + line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return line.isEmpty ? lines : lines + [margin + line]
  }
}

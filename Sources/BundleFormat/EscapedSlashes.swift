/// Slashes as JSON may write them: `\/dev\/san\/x`, and in JSON within JSON with more backslashes.
///
/// What is looked for in a text, by the collector and by the analyzer, is looked for in both forms.
public enum EscapedSlashes {
  /// Returns a text with plain slashes; nil where it has no others.
  public static func plain(_ text: Span<UInt8>) -> [UInt8]? {
    var plain: [UInt8] = []
    var start = 0
    for index in text.indices where text[index] == UInt8(ascii: "/") {
      var end = index
      while end > start, text[end - 1] == UInt8(ascii: "\\") { end -= 1 }
      if end == index { continue }
      for kept in start..<end { plain.append(text[kept]) }
      start = index
    }
    if start == 0 { return nil }
    for kept in start..<text.count { plain.append(text[kept]) }
    return plain
  }
}

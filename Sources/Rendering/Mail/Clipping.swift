import BundleFormat

/// Text of a bundle, made fit for a mail: visible characters only, and not too many of them.
enum Clipping {
  /// Returns the text with invisible characters written as escapes, cut behind `limit` characters.
  static func clipped(_ text: String, to limit: Int) -> String {
    // Escapes only make a text longer, so what is behind the limit now is behind it later.
    let start = String(text.unicodeScalars.prefix(limit + 1))
    let visible = TerminalText.escaped(start).unicodeScalars
    guard visible.count > limit else { return String(visible) }
    return String(visible.prefix(max(0, limit - 1))) + "…"
  }
}

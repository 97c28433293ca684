extension HTMLWriter {
  /// Writes text that may be broken within its long words, so that no name widens the page.
  ///
  /// A break may come behind each run of dashes and the like, and behind 20 characters without one.
  mutating func breakable(_ text: String) {
    var part = ""
    var length = 0
    var wordLength = 0
    for scalar in text.unicodeScalars {
      let isSeparator = "-_/:.,;|=".unicodeScalars.contains(scalar)
      let endsRun = !isSeparator && length > 0 && part.unicodeScalars.last.map(Self.joins) == true
      if scalar != " ", (endsRun && wordLength >= 8) || length >= 20 {
        self.text(part)
        markup("<wbr>")
        (part, length) = ("", 0)
      }
      part.unicodeScalars.append(scalar)
      (length, wordLength) = scalar == " " ? (0, 0) : (length + 1, wordLength + 1)
    }
    self.text(part)
  }

  private static func joins(_ scalar: Unicode.Scalar) -> Bool {
    "-_/:.,;|=".unicodeScalars.contains(scalar)
  }

  /// Opens a table that only lays out, as wide as its place.
  mutating func beginLayout(_ style: String = "") {
    markup("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" ")
    markup("border=\"0\"")
    attribute("style", "width:100%;border-collapse:collapse;\(style)")
    markup(">")
  }

  /// Opens a table of data, as wide as its place.
  mutating func beginData() {
    markup("<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" ")
    markup("style=\"width:100%;border-collapse:collapse;\">")
  }
}

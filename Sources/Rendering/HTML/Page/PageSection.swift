import Analysis

/// The page's sections, in their order. The raw value is the anchor.
enum PageSection: String, CaseIterable {
  case verdict
  case plan
  case findings
  case ignored
  case missingSources = "missing-sources"
  case guests
  case mappings
  case storage
  case host
  case collection
  case sources

  var title: String {
    switch self {
    case .verdict: "Verdict"
    case .plan: "Cleanup plan"
    case .findings: "Findings"
    case .ignored: "Ignored findings"
    case .missingSources: "Missing sources"
    case .guests: "Guests"
    case .mappings: "Mappings"
    case .storage: "Storage"
    case .host: "Host health"
    case .collection: "Collection problems"
    case .sources: "Raw sources"
    }
  }
}

extension HTMLWriter {
  /// Writes a section with its heading.
  ///
  /// - Parameter note: What stands beside the heading in small letters.
  mutating func section(
    _ section: PageSection, note: String = "", _ content: (inout HTMLWriter) -> Void
  ) {
    markup("<section")
    attribute("id", section.rawValue)
    attribute("aria-labelledby", "\(section.rawValue)-heading")
    markup(">\n<h2")
    attribute("id", "\(section.rawValue)-heading")
    markup(">")
    text(section.title)
    if !note.isEmpty {
      markup(" <small>")
      text(note)
      markup("</small>")
    }
    markup("</h2>\n")
    content(&self)
    markup("</section>\n")
  }

  /// Writes what is folded away until somebody wants to see it.
  mutating func folded(
    _ summary: String, isOpen: Bool = false, _ content: (inout HTMLWriter) -> Void
  ) {
    markup(isOpen ? "<details open><summary>" : "<details><summary>")
    text(summary)
    markup("</summary>\n")
    content(&self)
    markup("</details>\n")
  }

  /// Writes a severity's word in its colour and shape.
  mutating func badge(_ severity: Severity) {
    switch severity {
    case .critical: markup("<span class=\"s critical\">critical</span>")
    case .warning: markup("<span class=\"s warning\">warning</span>")
    case .notice: markup("<span class=\"s notice\">notice</span>")
    case .info: markup("<span class=\"s info\">info</span>")
    }
  }

  /// Writes how high a figure is.
  mutating func badge(_ level: Threshold.Level) {
    switch level {
    case .fine: goodBadge("fine")
    case .high: markup("<span class=\"s warning\">high</span>")
    case .veryHigh: markup("<span class=\"s critical\">very high</span>")
    }
  }

  /// Writes a word that stands for something good.
  mutating func goodBadge(_ word: String) {
    markup("<span class=\"s good\">")
    text(word)
    markup("</span>")
  }

  /// Writes a command that can be copied.
  mutating func command(_ line: String) {
    markup("<div class=\"cmd\"><code>")
    text(line)
    markup("</code></div>\n")
  }

  /// Writes a link to an anchor of this page.
  mutating func link(to anchor: String, code: String) {
    markup("<a")
    attribute("href", "#" + anchor)
    markup("><code>")
    text(code)
    markup("</code></a>")
  }

  /// Writes a name in the letters of a terminal.
  mutating func code(_ text: String) {
    markup("<code>")
    self.text(text)
    markup("</code>")
  }
}

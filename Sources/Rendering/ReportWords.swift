import Analysis

/// Words that several faces of an assessment share.
enum ReportWords {
  /// `2 critical, 3 warning`; `none` for no finding.
  static func counts(of findings: [Finding]) -> String {
    let parts = Severity.allCases.reversed().compactMap { severity -> String? in
      let count = findings.count { $0.severity == severity }
      return count == 0 ? nil : "\(count) \(severity.name)"
    }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }

  /// Cuts a text to a number of bytes at a character, and says so with a dot line.
  static func cut(_ text: String, to limit: Int) -> String {
    if text.utf8.count <= limit { return text }
    var kept = ""
    var size = 0
    for character in text {
      size += character.utf8.count
      if size > limit { break }
      kept.append(character)
    }
    return kept + "…"
  }
}

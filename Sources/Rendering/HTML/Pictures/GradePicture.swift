import Analysis

/// The grade: its letter in a ring that the score fills, and its word.
struct GradePicture {
  private let grade: Grade

  init(_ grade: Grade) { self.grade = grade }

  func write(to html: inout HTMLWriter) {
    html.markup("<div")
    html.attribute("class", "grade \(tone)")
    html.markup(
      """
      >
      <svg viewBox="0 0 120 120" width="120" height="120" role="img" fill="none" stroke="currentColor" \
      stroke-width="7"
      """)
    html.attribute("aria-label", label)
    html.markup("><circle class=\"track\" cx=\"60\" cy=\"60\" r=\"54\" stroke-opacity=\".18\"/>")
    if let score = grade.score, score > 0 {
      html.markup(
        "<circle cx=\"60\" cy=\"60\" r=\"54\" pathLength=\"100\" transform=\"rotate(-90 60 60)\"")
      html.attribute("stroke-dasharray", "\(min(score, 100)) 100")
      html.markup("/>")
    }
    html.markup(
      "<text x=\"60\" y=\"78\" font-size=\"52\" text-anchor=\"middle\" fill=\"currentColor\" "
    )
    html.markup("stroke=\"none\">")
    html.text(grade.letter?.name ?? "?")
    html.markup("</text></svg>\n<p><b>")
    html.text(word)
    html.markup("</b></p>\n</div>\n")
  }

  private var label: String {
    guard let letter = grade.letter, let score = grade.score else { return "Not graded" }
    return "Grade \(letter.name), \(score) of 100 points"
  }

  /// The grade in a word, for who can't see its colour.
  private var word: String {
    switch grade.letter {
    case .aPlus: "Grade A+: healthy"
    case .a: "Grade A: good"
    case .b: "Grade B: needs care"
    case .c: "Grade C: at risk"
    case .d: "Grade D: act now"
    case nil: "Not graded"
    }
  }

  private var tone: String {
    switch grade.letter {
    case .aPlus, .a: "good"
    case .b, .c: "warning"
    case .d: "critical"
    case nil: "info"
    }
  }
}

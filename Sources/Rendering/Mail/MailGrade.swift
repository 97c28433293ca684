import Analysis

/// The mark, and what it means, in sentences.
struct MailGrade: Equatable {
  /// `A+`, or `?` where there is none.
  let letter: String
  /// `B`, or `not graded`, as it stands in the subject.
  let word: String
  /// The same at the beginning of a sentence.
  var words: String { letter == "?" ? "Not graded" : "Grade \(letter)" }
  let level: Level
  /// What to do, in a few words.
  let headline: String
  let details: [String]

  /// How it looks: as the worst finding, or as what it is when there is none.
  enum Level: Equatable {
    case healthy
    case finding(Severity)
    case unknown
  }

  init(of assessment: Assessment) {
    let (grade, worst) = (assessment.grade, assessment.worstSeverity)
    letter = grade.letter?.name ?? "?"
    word = grade.letter?.name ?? "not graded"
    headline = Self.headline(
      isGraded: grade.letter != nil, worst: worst,
      unjudged: assessment.summary.mappings?.classes[.unknown] ?? 0)
    level =
      switch worst {
      case .critical?: .finding(.critical)
      case .warning?: .finding(.warning)
      case .notice?, .info?, nil: grade.letter == nil ? .unknown : .healthy
      }
    let reasons = ReportWords.ungraded(assessment) { Clipping.clipped($0, to: 140) }
    details = Self.details(
      of: grade, ungraded: reasons, outlook: ReportWords.outlook(of: assessment))
  }

  private static func headline(isGraded: Bool, worst: Severity?, unjudged: Int) -> String {
    switch worst {
    case .critical?: "Act now: guests or data are at risk."
    case .warning?: "Needs attention before it hurts."
    case .notice? where isGraded: "Healthy, with something to tidy up."
    case _ where isGraded && unjudged > 0: "Nothing to do, as far as could be judged."
    case _ where isGraded: "Healthy: nothing to do."
    default: "Too much is unknown to judge this node."
    }
  }

  private static func details(
    of grade: Grade, ungraded reasons: [String], outlook: String?
  ) -> [String] {
    guard let letter = grade.letter, let score = grade.score else {
      return ["There is no grade, since too much is unknown."]
        + reasons.map { reason in
          reason.prefix(1).uppercased() + reason.dropFirst() + "."
        }
    }
    var details = ["Score \(score) of 100"]
    if let cap = grade.cap {
      details[0] += ", capped at \(cap.letter.name) by \(Clipping.clipped(cap.finding, to: 160))"
    }
    if let status = grade.status { details[0] += ", \(status) by v27's rules" }
    details[0] += "."
    details += grade.deductions.map {
      "\($0.points) points off for \(Clipping.clipped($0.reason, to: 120))."
    }
    if let outlook { details.append("\(outlook.prefix(1).uppercased())\(outlook.dropFirst()).") }
    if let other = grade.withIgnored, other != letter {
      details.append("\(other.name) if nothing was ignored.")
    }
    return details
  }
}

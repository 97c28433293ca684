import Analysis

/// The mark, and what it means, in sentences.
struct MailGrade: Equatable {
  /// `A+`, or `?` where there is none.
  let letter: String
  /// `B`, or `none`, as it stands in the subject.
  let word: String
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

  init(_ grade: Grade, worst: Severity?, counts: [MailFacts.SeverityCount]) {
    letter = grade.letter?.name ?? "?"
    word = grade.letter?.name ?? "none"
    headline = Self.headline(isGraded: grade.letter != nil, worst: worst)
    level =
      switch worst {
      case .critical?: .finding(.critical)
      case .warning?: .finding(.warning)
      case .notice?, .info?, nil: grade.letter == nil ? .unknown : .healthy
      }
    details = Self.details(of: grade)
  }

  private static func headline(isGraded: Bool, worst: Severity?) -> String {
    switch worst {
    case .critical?: "Act now: guests or data are at risk."
    case .warning?: "Needs attention before it hurts."
    case .notice? where isGraded: "Healthy, with something to tidy up."
    case _ where isGraded: "Healthy: nothing to do."
    default: "Too much is unknown to judge this node."
    }
  }

  private static func details(of grade: Grade) -> [String] {
    guard let letter = grade.letter, let score = grade.score else {
      return ["There is no grade, since too much is unknown."]
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
    if let after = grade.afterCleanup, after != letter {
      details.append("\(after.name) after the cleanup.")
    }
    if let other = grade.withIgnored, other != letter {
      details.append("\(other.name) if nothing was ignored.")
    }
    return details
  }
}

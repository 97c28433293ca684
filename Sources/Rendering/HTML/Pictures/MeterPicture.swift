import Analysis

/// A share as a bar, with a mark at each threshold.
struct MeterPicture {
  private let percent: Double
  private let threshold: Threshold?
  /// By the share as it is: a load may be above 100 %.
  private let level: Threshold.Level?
  private let label: String

  /// - Parameter threshold: Nil for a share that is never too large.
  init(_ percent: Double, of label: String, threshold: Threshold?) {
    self.percent = percent.isFinite ? min(max(percent, 0), 100) : 0
    self.label = label
    self.threshold = threshold
    level = threshold?.level(of: percent)
  }

  func write(to html: inout HTMLWriter) {
    html.markup("<svg")
    html.attribute("class", "meter \(tone)")
    html.markup(
      """
       viewBox="0 0 100 8" width="100" height="8" preserveAspectRatio="none" role="img"
      """)
    html.attribute("aria-label", description)
    html.markup(
      """
      ><rect class="track" width="100" height="8" fill-opacity=".15"/><rect class="used" height="8"
      """)
    html.attribute("width", Quantity.decimal(percent))
    html.markup("/>")
    if let threshold {
      for mark in [threshold.high, threshold.veryHigh] where mark < 100 {
        html.markup("<path class=\"mark\"")
        html.attribute("d", "M\(Quantity.decimal(mark)) 0v8")
        html.markup("/>")
      }
    }
    html.markup("</svg>")
  }

  private var tone: String {
    switch level {
    case .veryHigh: "critical"
    case .high: "warning"
    case .fine, nil: "good"
    }
  }

  private var description: String {
    guard let threshold else { return "\(label): \(Quantity.percent(percent))" }
    return "\(label): \(Quantity.percent(percent)); high above "
      + "\(Quantity.percent(threshold.high)), very high above \(Quantity.percent(threshold.veryHigh))"
  }
}

import Analysis

/// A share as a bar, with a mark at each threshold.
struct MeterPicture {
  private let percent: Double
  private let threshold: Threshold?
  private let label: String

  /// - Parameter threshold: Nil for a share that is never too large.
  init(_ percent: Double, of label: String, threshold: Threshold?) {
    self.percent = percent.isFinite ? min(max(percent, 0), 100) : 0
    self.label = label
    self.threshold = threshold
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
      for mark in [threshold.warning, threshold.critical] where mark < 100 {
        html.markup("<path class=\"mark\"")
        html.attribute("d", "M\(Quantity.decimal(mark)) 0v8")
        html.markup("/>")
      }
    }
    html.markup("</svg>")
  }

  private var tone: String {
    switch threshold?.severity(of: percent) {
    case .critical: "critical"
    case .warning: "warning"
    default: "good"
    }
  }

  private var description: String {
    guard let threshold else { return "\(label): \(Quantity.percent(percent))" }
    return "\(label): \(Quantity.percent(percent)); warning above "
      + "\(Quantity.percent(threshold.warning)), critical above \(Quantity.percent(threshold.critical))"
  }
}

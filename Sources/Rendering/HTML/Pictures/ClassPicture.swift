import Analysis

/// How many mappings are of which class: one bar, and its figures as a list.
struct ClassPicture {
  private let mappings: Summary.MappingCounts

  init(_ mappings: Summary.MappingCounts) { self.mappings = mappings }

  private static let width = 1_000

  func write(to html: inout HTMLWriter) {
    html.markup("<figure class=\"classes\">\n<figcaption>")
    html.text(Quantity.of(mappings.total, "mapping"))
    html.text(mappings.total == 0 ? "" : ", \(Quantity.count(mappings.ofGuests)) of guests")
    html.markup("</figcaption>\n")
    writeBar(mappings.classes, to: &html)
    html.markup("<ul>\n")
    for classification in Classification.allCases {
      html.markup("<li")
      html.attribute("class", classification.rawValue)
      html.markup("><b>")
      html.text(Quantity.count(mappings.classes[classification]))
      html.markup("</b> ")
      html.text(classification.rawValue)
      html.markup("</li>\n")
    }
    html.markup("</ul>\n</figure>\n")
  }

  private func writeBar(_ classes: ClassCounts, to html: inout HTMLWriter) {
    let shares = Classification.allCases.map { ($0, classes[$0]) }.filter { $0.1 > 0 }
    let total = shares.reduce(0) { $0 + $1.1 }
    guard total > 0 else { return }
    html.markup(
      """
      <svg viewBox="0 0 1000 14" width="1000" height="14" preserveAspectRatio="none" role="img"
      """)
    html.attribute(
      "aria-label",
      "Mappings by class: "
        + shares.map { "\($0.1) \($0.0.rawValue)" }.joined(separator: ", "))
    html.markup(">")
    // Every class that is there can be seen, however few they are.
    let least = 6
    let room = Self.width - least * shares.count
    var start = 0
    for (position, share) in shares.enumerated() {
      let isLast = position == shares.count - 1
      let width =
        isLast ? Self.width - start : least + Int(Double(room) * Double(share.1) / Double(total))
      html.markup("<rect")
      html.attribute("class", share.0.rawValue)
      html.attribute("x", start)
      html.attribute("width", max(1, width - (isLast ? 0 : 3)))
      html.markup(" height=\"14\"/>")
      start += width
    }
    html.markup("</svg>\n")
  }
}

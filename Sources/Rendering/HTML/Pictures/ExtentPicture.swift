import Analysis
import BundleFormat
import NodeState

/// Where a mapping lies on its devices, beside where it should lie or who else lies there: all on one ruler.
struct ExtentPicture {
  private let title: String
  private let rulers: [ExtentRuler]

  var isEmpty: Bool { rulers.isEmpty }

  init(ofMappingAt position: Int, _ index: PageIndex) {
    let facts = index.inventory.mappings[position]
    title = "Blocks of \(facts.mapping.name)"
    rulers = ExtentRuler.rulers(ofMappingAt: position, index)
  }

  private static let (width, rowHeight, axisHeight) = (416, 40, 24)

  func write(to html: inout HTMLWriter) {
    for ruler in rulers { write(ruler, to: &html) }
  }

  private func write(_ ruler: ExtentRuler, to html: inout HTMLWriter) {
    let height = ruler.rows.count * Self.rowHeight + Self.axisHeight
    html.markup("<figure class=\"extents\"><figcaption>")
    html.text("\(title) on \(ruler.device)")
    html.markup("</figcaption><svg")
    html.attribute("viewBox", "0 0 \(Self.width) \(height)")
    html.attribute("width", Self.width)
    html.attribute("height", height)
    html.markup(" role=\"img\" fill=\"currentColor\"><title>")
    html.text("\(title) on \(ruler.device)")
    html.markup("</title><desc>")
    html.text(ruler.words)
    html.markup("</desc>")
    for (position, row) in ruler.rows.enumerated() {
      let top = position * Self.rowHeight
      // A mark stands around each row's bar, and leaves the names between them alone.
      for mark in ruler.marks {
        writeRectangle(mark, y: top + 16, height: 18, class: "mark", ruler, to: &html)
      }
      write(row, at: top, ruler, to: &html)
    }
    writeAxis(ruler, y: ruler.rows.count * Self.rowHeight, to: &html)
    html.markup("</svg><p class=\"note\">")
    html.text(ruler.remark)
    html.markup("</p></figure>\n")
  }

  private func write(
    _ row: ExtentRuler.Row, at top: Int, _ ruler: ExtentRuler, to html: inout HTMLWriter
  ) {
    html.markup("<text x=\"0\"")
    html.attribute("y", top + 12)
    html.markup(">")
    html.text(row.name.fitted(to: 56))
    html.markup("</text>")
    for run in row.runs {
      writeRectangle(run, y: top + 18, height: 14, class: row.tone.rawValue, ruler, to: &html)
    }
  }

  private func writeRectangle(
    _ run: Range<Int>, y: Int, height: Int, class name: String, _ ruler: ExtentRuler,
    to html: inout HTMLWriter
  ) {
    let start = ruler.position(of: run.lowerBound, in: Self.width)
    let end = ruler.position(of: run.upperBound, in: Self.width)
    html.markup("<rect")
    html.attribute("class", name)
    html.attribute("x", Quantity.decimal(start))
    html.attribute("y", y)
    html.attribute("width", Quantity.decimal(max(1.5, end - start)))
    html.attribute("height", height)
    html.markup(
      name == "mark" ? " fill-opacity=\".15\" stroke=\"currentColor\"/>" : " fill-opacity=\".6\"/>")
  }

  private func writeAxis(_ ruler: ExtentRuler, y: Int, to html: inout HTMLWriter) {
    html.markup("<path class=\"axis\" stroke=\"currentColor\"")
    html.attribute("d", "M0 \(y + 2)h\(Self.width)")
    html.markup("/>")
    let labels = [
      (0, "start", ruler.sectors.lowerBound), (Self.width, "end", ruler.sectors.upperBound),
    ]
    for (x, anchor, sector) in labels {
      html.markup("<text class=\"tick\"")
      html.attribute("x", x)
      html.attribute("y", y + 16)
      html.attribute("text-anchor", anchor)
      html.markup(">")
      html.text("sector \(Quantity.count(sector))")
      html.markup("</text>")
    }
  }
}

import Analysis
import BundleFormat
import NodeState

/// How a guest's disk is stacked, from its slot down to the path: what is gone is dashed.
struct StackPicture {
  private let title: String
  private let layers: [StackLayer]

  init(ofMappingAt position: Int, _ index: PageIndex) {
    title = "How \(index.inventory.mappings[position].mapping.name) is stacked"
    layers = StackLayer.layers(ofMappingAt: position, index)
  }

  init(missing: MissingDisk, _ index: PageIndex) {
    title = "How \(missing.volume) should be stacked"
    layers = StackLayer.layers(of: missing, index)
  }

  private static let (width, left, step, height) = (400, 72, 40, 28)

  func write(to html: inout HTMLWriter) {
    let total = layers.count * Self.step - (Self.step - Self.height) + 2
    html.markup("<figure class=\"stack\"><svg")
    html.attribute("viewBox", "0 0 \(Self.width) \(total)")
    html.attribute("width", Self.width)
    html.attribute("height", total)
    html.markup(" role=\"img\" fill=\"none\" stroke=\"currentColor\"><title>")
    html.text(title)
    html.markup("</title><desc>")
    html.text(layers.map(\.words).joined(separator: "; "))
    html.markup("</desc>")
    for (position, layer) in layers.enumerated() { write(layer, at: position, to: &html) }
    html.markup("</svg></figure>\n")
  }

  private func write(_ layer: StackLayer, at position: Int, to html: inout HTMLWriter) {
    let top = position * Self.step + 1
    html.markup("<g")
    html.attribute("class", layer.state.rawValue)
    html.markup(">")
    if position > 0 {
      html.markup("<path class=\"link\"")
      html.attribute("d", "M\(Self.left + 22) \(top)v-\(Self.step - Self.height)")
      html.markup("/>")
    }
    html.markup("<rect rx=\"4\"")
    html.attribute("x", Self.left)
    html.attribute("y", top)
    html.attribute("width", Self.width - Self.left - 1)
    html.attribute("height", Self.height)
    if layer.state == .gone { html.markup(" stroke-dasharray=\"4 3\"") }
    html.markup("/>")
    writeText(
      layer.kind, x: Self.left - 8, y: top + 18, anchor: "end", class: "kind", to: &html)
    let note = layer.note.fitted(to: 16)
    // A letter of 12 units is 7.25 wide, one of 11 units 6.7.
    let room = Double(Self.width - Self.left - 24) - Double(note.count) * 6.7
    writeText(
      layer.value.fitted(to: max(12, Int(room / 7.25))), x: Self.left + 9, y: top + 18,
      anchor: "start", class: "value", to: &html)
    if !note.isEmpty {
      writeText(note, x: Self.width - 9, y: top + 18, anchor: "end", class: "note", to: &html)
    }
    html.markup("</g>")
  }

  private func writeText(
    _ text: String, x: Int, y: Int, anchor: String, class name: String, to html: inout HTMLWriter
  ) {
    html.markup("<text stroke=\"none\" fill=\"currentColor\"")
    html.attribute("x", x)
    html.attribute("y", y)
    html.attribute("text-anchor", anchor)
    html.attribute("class", name)
    html.markup(">")
    html.text(text)
    html.markup("</text>")
  }
}

extension String {
  /// The text, its middle left out where it has more than so many characters.
  func fitted(to limit: Int) -> String {
    guard count > limit, limit > 2 else { return self }
    let head = (limit - 1) * 2 / 3
    return prefix(head) + "…" + suffix(limit - 1 - head)
  }
}

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
    html.markup(" role=\"img\" fill=\"currentColor\"><title>")
    html.text(title)
    html.markup("</title><desc>")
    html.text(layers.map(\.words).joined(separator: "; "))
    html.markup("</desc><g fill=\"none\" stroke=\"currentColor\">")
    for (position, layer) in layers.enumerated() { writeBox(layer, at: position, to: &html) }
    html.markup("</g><g class=\"kind\" text-anchor=\"end\">")
    write(x: Self.left - 8, to: &html) { $0.kind }
    html.markup("</g><g class=\"value\">")
    write(x: Self.left + 9, to: &html) { layer in
      // A letter of a value is 7.25 wide, one of a note 6.7.
      let room = Double(Self.width - Self.left - 24) - Double(Self.note(of: layer).count) * 6.7
      return layer.value.fitted(to: max(12, Int(room / 7.25)))
    }
    html.markup("</g><g class=\"note\" text-anchor=\"end\">")
    write(x: Self.width - 9, to: &html, Self.note)
    html.markup("</g></svg></figure>\n")
  }

  private static func note(of layer: StackLayer) -> String { layer.note.fitted(to: 16) }

  /// A box with round corners, and what ties it to the one above.
  private func writeBox(_ layer: StackLayer, at position: Int, to html: inout HTMLWriter) {
    let top = position * Self.step + 1
    let tie = position > 0 ? "M\(Self.left + 22) \(top)v-\(Self.step - Self.height)" : ""
    let (width, height) = (Self.width - Self.left - 9, Self.height - 8)
    html.markup("<path")
    writeState(of: layer, to: &html)
    if layer.state == .gone { html.markup(" stroke-dasharray=\"4 3\"") }
    html.attribute(
      "d",
      "\(tie)M\(Self.left + 4) \(top)h\(width)q4 0 4 4v\(height)q0 4-4 4h-\(width)q-4 0-4-4v-\(height)q0-4 4-4"
    )
    html.markup("/>")
  }

  private func writeState(of layer: StackLayer, to html: inout HTMLWriter) {
    if layer.state != .plain { html.attribute("class", layer.state.rawValue) }
  }

  /// Writes a column of texts.
  private func write(x: Int, to html: inout HTMLWriter, _ text: (StackLayer) -> String) {
    for (position, layer) in layers.enumerated() {
      let words = text(layer)
      if words.isEmpty { continue }
      html.markup("<text")
      writeState(of: layer, to: &html)
      html.attribute("x", x)
      html.attribute("y", position * Self.step + 19)
      html.markup(">")
      html.text(words)
      html.markup("</text>")
    }
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

import Analysis
import BundleFormat
import NodeState

/// What a verdict rests on: the lines, and where in the bundle each stands.
struct EvidenceList {
  private let evidence: [Evidence]
  private let index: PageIndex

  init(_ evidence: [Evidence], _ index: PageIndex) {
    self.evidence = evidence
    self.index = index
  }

  func write(to html: inout HTMLWriter, isOpen: Bool) {
    guard !evidence.isEmpty else { return }
    html.folded("Evidence: \(Quantity.of(evidence.count, "line"))", isOpen: isOpen) { html in
      html.markup("<dl class=\"evidence\">\n")
      for item in evidence { write(item, to: &html) }
      html.markup("</dl>\n")
    }
  }

  private func write(_ item: Evidence, to html: inout HTMLWriter) {
    let quote = EvidenceQuote(item, in: index.snapshot)
    html.markup("<dt><a")
    html.attribute("href", "#" + AnchorNames.anchor(of: item.source))
    html.markup(">")
    html.text(quote.source)
    html.markup("</a>")
    if let line = quote.line {
      html.markup(" line ")
      html.text(line)
    }
    if let file = file(of: item) {
      html.markup(" <span>")
      html.text(file)
      html.markup("</span>")
    }
    html.markup("</dt><dd>")
    if quote.line == nil { html.text(quote.text) } else { html.code(quote.text) }
    html.markup("</dd>\n")
  }

  /// The file in the bundle; nil for a fact about a source as a whole.
  private func file(of item: Evidence) -> String? {
    let entries = index.snapshot.bundle.entries
    guard let entry = item.location.map({ Int($0.entry) }), entries.indices.contains(entry)
    else { return nil }
    return entries[entry].result.planned.path
  }
}

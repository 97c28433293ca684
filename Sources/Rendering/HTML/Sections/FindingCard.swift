import Analysis
import BundleFormat
import NodeState

/// One finding: its subject, why, the picture, the evidence, and what to run.
struct FindingCard {
  private let finding: Finding
  private let index: PageIndex
  /// The mapping that it is about; nil for any other subject.
  private let position: Int?

  init(_ finding: Finding, _ index: PageIndex) {
    self.finding = finding
    self.index = index
    // A group or a source may be called like a mapping.
    position = finding.rule.classification == nil ? nil : index.positions[finding.subject]
  }

  /// - Parameter drawn: The mappings whose stack was drawn already: once on a page is enough.
  func write(to html: inout HTMLWriter, anchor: String, drawn: inout Set<Int>) {
    html.markup("<article class=\"finding\"")
    html.attribute("id", anchor)
    writeFilterKeys(to: &html)
    html.markup(">\n<h5>")
    html.code(finding.subject)
    html.markup(" <a class=\"self\"")
    html.attribute("href", "#" + anchor)
    html.attribute("aria-label", "Link to \(finding.id)")
    html.markup(">#</a></h5>\n<div class=\"words\">\n<p class=\"why\">")
    html.text(finding.why)
    html.markup("</p>\n")
    writeFacts(to: &html)
    let isUnfolded = finding.severity == .critical || index.assessment.findings.count <= 30
    writeCommands(to: &html, isOpen: isUnfolded)
    html.markup("</div>\n")
    writePictures(to: &html, drawn: &drawn)
    EvidenceList(finding.evidence, index).write(to: &html, isOpen: isUnfolded)
    html.markup("</article>\n")
  }

  /// Writes what the filters ask: class, rule, severity, guests and storages.
  func writeFilterKeys(to html: inout HTMLWriter) {
    html.attribute("data-c", classification)
    html.attribute("data-r", finding.rule.name)
    html.attribute("data-s", finding.severity.name)
    if let guest = guestID { html.attribute("data-g", guest) }
    if let storage { html.attribute("data-t", storage) }
  }

  private var classification: String {
    if let position { return index.assessment.verdicts[position].classification.rawValue }
    return finding.rule.classification?.rawValue ?? "node"
  }

  private var missing: MissingDisk? { index.missingByFinding[finding.id] }

  private var guestID: String? {
    if let position { return index.owners[position].map { "\($0.guest)" } }
    return missing.map { "\($0.guest)" }
  }

  private var storage: String? {
    if let position { return index.storage(ofMappingAt: position)?.id }
    return missing.flatMap { $0.volume.split(separator: ":").first.map(String.init) }
  }

  private func writeFacts(to html: inout HTMLWriter) {
    html.markup("<ul class=\"chips\">")
    if let position {
      html.markup("<li><a")
      html.attribute("href", "#" + index.mappingAnchors[position])
      html.markup(">mapping ")
      html.text(index.inventory.mappings[position].mapping.device.description)
      html.markup("</a></li>")
      if let owner = index.owners[position] {
        html.markup("<li>guest ")
        html.text("\(owner.guest), \(owner.state.words)")
        html.markup("</li>")
      }
      let count = index.inventory.mappings[position].ownOpenCount
      html.element("li", text: count > 0 ? "open \(count)" : "not open")
    }
    if let storage {
      html.markup("<li>storage ")
      html.code(storage)
      html.markup("</li>")
    }
    html.element("li", text: applicabilityWords)
    html.markup("</ul>\n")
  }

  private var applicabilityWords: String {
    if let refusal = finding.refusal { return "cleanup: refused, \(refusal)" }
    return switch finding.remedy.applicability {
    case .automatic: "cleanup: phase 1, may run without a question"
    case .confirmed: "cleanup: phase 2, asks first"
    case .manual: "by hand only"
    }
  }

  private func writeCommands(to html: inout HTMLWriter, isOpen: Bool) {
    guard !finding.remedy.commands.isEmpty else { return }
    html.folded("Look for yourself", isOpen: isOpen) { html in
      for command in finding.remedy.commands { html.command(ShellWord.line(command)) }
    }
  }

  private func writePictures(to html: inout HTMLWriter, drawn: inout Set<Int>) {
    guard let position else {
      guard let missing else { return }
      html.markup("<div class=\"pictures\">\n")
      StackPicture(missing: missing, index).write(to: &html)
      html.markup("</div>\n")
      return
    }
    let isFirst = drawn.insert(position).inserted
    let extents = ExtentPicture(ofMappingAt: position, index)
    guard isFirst || !extents.isEmpty else { return }
    html.markup("<div class=\"pictures\">\n")
    if isFirst { StackPicture(ofMappingAt: position, index).write(to: &html) }
    extents.write(to: &html)
    html.markup("</div>\n")
  }
}

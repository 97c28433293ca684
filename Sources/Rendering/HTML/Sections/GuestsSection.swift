import Analysis
import BundleFormat
import NodeState

/// Every guest with its state, node, disks and their health; those in order are folded away.
struct GuestsSection {
  private let index: PageIndex

  init(_ index: PageIndex) { self.index = index }

  func write(to html: inout HTMLWriter) {
    html.section(.guests) { html in
      let guests = index.roster.guests
      if guests.isEmpty {
        html.element("p", text: "No guest is configured or mapped here, as far as was collected.")
      }
      let unjudged = guests.filter { $0.severity == nil && $0.isUnknown }
      let troubled =
        Severity.allCases.reversed().flatMap { severity in
          guests.filter { $0.severity == severity }
        } + unjudged
      let calm = guests.filter { !$0.isTroubled }
      let here = calm.filter { $0.configuration?.node == index.nodeName }
      let elsewhere = calm.filter { $0.configuration?.node != index.nodeName }
      if !troubled.isEmpty {
        writeTable(
          troubled,
          caption: "Guests with findings, worst first, and those that could not be judged",
          isWorstFirst: true, to: &html)
      }
      for (rows, words) in [
        (here, "of this node without findings"), (elsewhere, "of other nodes without findings"),
      ] where !rows.isEmpty {
        let title = "\(Quantity.of(rows.count, "guest")) \(words)"
        html.folded(title) { writeTable(rows, caption: title, isWorstFirst: false, to: &$0) }
      }
    }
  }

  /// - Parameter isWorstFirst: Else they stand in the order of their numbers.
  private func writeTable(
    _ guests: [GuestRoster.Guest], caption: String, isWorstFirst: Bool, to html: inout HTMLWriter
  ) {
    html.markup("<table data-table=\"guests\"")
    html.attribute("class", PageIndex.isLong(guests.count) ? "guests long" : "guests")
    html.markup("><caption>")
    html.text(caption)
    html.markup(
      """
      </caption>
      <thead><tr><th scope="col" data-n
      """)
    html.markup(isWorstFirst ? "" : " aria-sort=\"ascending\"")
    html.markup(">Guest</th><th scope=\"col\" data-s")
    html.markup(isWorstFirst ? " aria-sort=\"descending\"" : "")
    html.markup(
      """
      >Health</th><th scope="col">State</th><th scope="col">Node</th><th scope="col">Disks</th></tr></thead>
      <tbody>

      """)
    for guest in guests { write(guest, to: &html) }
    html.markup("</tbody></table>\n")
  }

  private func write(_ guest: GuestRoster.Guest, to html: inout HTMLWriter) {
    html.markup("<tr")
    html.attribute("id", guest.anchor)
    writeFilterKeys(guest, to: &html)
    html.markup("><th scope=row><b>")
    html.text(guest.id.number)
    html.markup("</b>")
    if let configuration = guest.configuration {
      html.markup(" ")
      html.text(configuration.name ?? "")
      html.markup(configuration.kind == .container ? " <small>container</small>" : "")
      if configuration.isTemplate { html.markup(" <small>template</small>") }
      if let lock = configuration.lock {
        html.markup(" <small>")
        html.text("locked: \(lock)")
        html.markup("</small>")
      }
    }
    html.markup("<td>")
    if let severity = guest.severity {
      html.badge(severity)
    } else if guest.isUnknown {
      html.markup("<span class=\"s info\">unknown</span>")
    } else {
      html.markup("in order")
    }
    html.markup("<td>")
    html.text(guest.state.words)
    html.markup("<td>")
    html.text(
      guest.configuration?.node ?? (index.assessment.areConfigurationsKnown ? "none" : "unknown"))
    html.markup("<td>")
    writeDisks(of: guest, to: &html)
    html.markup("\n")
  }

  private func writeFilterKeys(_ guest: GuestRoster.Guest, to html: inout HTMLWriter) {
    guard guest.isTroubled else { return }
    let verdicts = guest.mappings.map { index.assessment.verdicts[$0] }
    let rules = verdicts.map(\.rule.name) + guest.disks.compactMap { $0.missing?.rule.name }
    html.attribute("data-c", Self.words(verdicts.map(\.classification.rawValue)))
    html.attribute("data-r", Self.words(rules))
  }

  /// Each word once, in the order of the alphabet.
  private static func words(_ words: [String]) -> String {
    Set(words).sorted().joined(separator: " ")
  }

  private func writeDisks(of guest: GuestRoster.Guest, to html: inout HTMLWriter) {
    if guest.disks.isEmpty && guest.others.isEmpty { return html.markup("no disk") }
    html.markup("<ul>")
    for disk in guest.disks { write(disk, to: &html) }
    for position in guest.others {
      html.markup("<li>named after it: ")
      writeMapping(at: position, to: &html)
    }
    html.markup("</ul>")
  }

  private func write(_ disk: GuestRoster.Disk, to html: inout HTMLWriter) {
    html.markup("<li><b>")
    html.text(disk.reference.slot)
    html.markup("</b> ")
    switch disk.reference.section {
    case .main, .fleecing: break
    case .pending: html.markup("(pending) ")
    case .snapshot(let name): html.text("(snapshot \(name)) ")
    }
    let volume =
      switch disk.reference.target {
      case .volume(let id): id.description
      case .path(let path): path
      }
    guard let first = disk.mappings.first else {
      html.code(volume)
      html.markup(" ")
      writeAbsence(of: disk, to: &html)
      return
    }
    writeLink(to: index.mappingAnchors[first], volume, to: &html)
    writeHealth(at: first, to: &html)
    for position in disk.mappings.dropFirst() {
      html.markup(", ")
      writeMapping(at: position, to: &html)
    }
  }

  private func writeAbsence(of disk: GuestRoster.Disk, to html: inout HTMLWriter) {
    guard let missing = disk.missing else {
      return index.snapshot.areMappingsRead
        ? html.markup("<small>not mapped here</small>")
        : html.markup("<small>mapping unknown</small>")
    }
    guard missing.severity > .info else {
      return html.markup("<small>mapped when it starts</small>")
    }
    html.badge(missing.severity)
    html.markup(" ")
    html.text(missing.rule.name)
  }

  private func writeMapping(at position: Int, to html: inout HTMLWriter) {
    writeLink(
      to: index.mappingAnchors[position], index.inventory.mappings[position].mapping.name, to: &html
    )
    writeHealth(at: position, to: &html)
  }

  private func writeLink(to anchor: String, _ words: String, to html: inout HTMLWriter) {
    html.markup("<a")
    html.attribute("href", "#" + anchor)
    html.markup(">")
    html.text(words)
    html.markup("</a>")
  }

  /// Nothing is said of a disk that is in order.
  private func writeHealth(at position: Int, to html: inout HTMLWriter) {
    let verdict = index.assessment.verdicts[position]
    guard verdict.severity > .info else { return }
    html.markup(" ")
    html.badge(verdict.severity)
    html.markup(" ")
    html.text(verdict.rule.name)
  }
}

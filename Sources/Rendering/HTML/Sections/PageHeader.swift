import Analysis
import BundleFormat
import NodeState

/// Which node, when, and the way to each section.
struct PageHeader {
  private let index: PageIndex

  init(_ index: PageIndex) { self.index = index }

  func write(to html: inout HTMLWriter) {
    html.markup("<header class=\"top\">\n<p class=\"kicker\">Device-mapper health</p>\n<h1>")
    html.text(index.nodeName)
    html.markup("</h1>\n<p class=\"facts\">")
    var isFirst = true
    for fact in facts {
      html.markup(isFirst ? "<span>" : " <span>")
      html.text(fact)
      html.markup("</span>")
      isFirst = false
    }
    html.markup("</p>\n</header>\n")
    writeNavigation(to: &html)
  }

  private var facts: [String] {
    let bundle = index.snapshot.bundle
    let host = index.snapshot.host
    let cluster = index.snapshot.membership.value?.cluster?.name ?? bundle.manifest.node.cluster
    return [
      cluster.map { "cluster \($0)" } ?? "",
      "collected \(Self.words(for: bundle.manifest.collectedAt))",
      host.pveVersion.map { "PVE \($0)" } ?? "",
      host.kernelRelease.map { "kernel \($0)" } ?? "",
      index.assessment.policy == .v27 ? "judged by v27's rules, for comparison only" : "",
    ].filter { !$0.isEmpty }
  }

  /// `2026-11-23 00:04:12 UTC`
  static func words(for moment: Timestamp) -> String {
    let text = moment.description
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8)) UTC"
  }

  private func writeNavigation(to html: inout HTMLWriter) {
    html.markup("<nav aria-label=\"Sections\"><ul>\n")
    for section in PageSection.allCases where isThere(section) {
      html.markup("<li><a")
      html.attribute("href", "#" + section.rawValue)
      html.markup(">")
      html.text(section.title)
      if let count = count(of: section), count > 0 {
        html.markup(" <span class=\"n\">")
        html.text(Quantity.count(count))
        html.markup("</span>")
      }
      html.markup("</a></li>\n")
    }
    html.markup("</ul></nav>\n")
  }

  private func isThere(_ section: PageSection) -> Bool {
    switch section {
    case .ignored: IgnoredSection(index).isThere
    default: true
    }
  }

  private func count(of section: PageSection) -> Int? {
    let assessment = index.assessment
    switch section {
    case .findings: return assessment.findings.count { $0.ignored == nil }
    case .ignored: return assessment.summary.ignored
    case .missingSources: return SourcesSection(index).gaps.count
    case .guests: return index.roster.guests.count
    case .mappings: return assessment.summary.mappings?.total
    case .plan: return assessment.plan.phase1.count + assessment.plan.phase2.count
    case .collection: return CollectionSection(index).problems.count
    case .verdict, .storage, .host, .sources: return nil
    }
  }
}

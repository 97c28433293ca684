import Analysis
import BundleFormat
import NodeState

/// An assessment as one HTML file that asks nobody for anything.
///
/// Everything can be read without style and without JavaScript, which only adds search, filters, sorting
/// and copy buttons. The page's own policy allows this style and this script by their hashes and nothing
/// else, so that markup that came from a bundle could not do anything even if it became markup.
public struct ReportPage: Sendable {
  private let assessment: Assessment

  public init(_ assessment: Assessment) { self.assessment = assessment }

  /// The page, with a line break at its end.
  public var bytes: [UInt8] {
    let index = PageIndex(assessment)
    var html = HTMLWriter(reserving: 120_000 + 520 * assessment.verdicts.count)
    PageHead(index).write(to: &html)
    html.markup("<body>\n<a class=\"skip\" href=\"#verdict\">Skip to the verdict</a>\n")
    html.markup("<div class=\"page\">\n")
    PageHeader(index).write(to: &html)
    html.markup("<main>\n")
    VerdictSection(index).write(to: &html)
    PlanSection(index).write(to: &html)
    html.markup("<div id=\"filter\" hidden></div>\n")
    FindingsSection(index).write(to: &html)
    IgnoredSection(index).write(to: &html)
    SourcesSection(index).write(to: &html)
    GuestsSection(index).write(to: &html)
    MappingsSection(index).write(to: &html)
    StorageSection(index).write(to: &html)
    HostSection(index).write(to: &html)
    CollectionSection(index).write(to: &html)
    RawSourcesSection(index).write(to: &html)
    html.markup("</main>\n")
    PageFooter(index).write(to: &html)
    html.markup("</div>\n<script>")
    for part in PageScript.parts { html.markup(part) }
    html.markup("</script>\n</body>\n</html>\n")
    return html.bytes
  }
}

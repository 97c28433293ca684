import BundleFormat
import NodeState

/// Who made the page, and of what.
struct PageFooter {
  private let index: PageIndex

  init(_ index: PageIndex) { self.index = index }

  func write(to html: inout HTMLWriter) {
    let bundle = index.snapshot.bundle
    html.markup("<footer>\n<p>dmanalyze ")
    html.text(Release.version)
    html.markup(", from a bundle that ")
    html.text("\(bundle.manifest.tool.name) \(bundle.manifest.tool.version)")
    html.markup(" collected (format ")
    html.text(bundle.manifest.format)
    html.markup(").")
    if let hash = bundle.sha256 {
      html.markup(" SHA-256 of the bundle: <code>")
      html.text(hash)
      html.markup("</code>")
    }
    html.markup(
      """
      </p>
      <p>This page is one file: it loads nothing and sends nothing. What a mapping is was proved from \
      the sources below; what could not be proved is called unknown.</p>
      </footer>

      """)
  }
}

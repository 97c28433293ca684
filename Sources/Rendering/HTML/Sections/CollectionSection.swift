import Analysis
import BundleFormat
import NodeState

/// What went wrong while the bundle was collected.
struct CollectionSection {
  private let index: PageIndex

  init(_ index: PageIndex) { self.index = index }

  /// A problem's place, and what it is.
  struct Problem {
    let place: String
    let words: String
  }

  var problems: [Problem] {
    let bundle = index.snapshot.bundle
    var problems: [Problem] = []
    for entry in bundle.entries {
      if let words = Self.words(for: entry) {
        problems.append(Problem(place: entry.result.planned.path, words: words))
      }
    }
    problems += bundle.unlisted.map {
      Problem(place: $0, words: "no result names this entry: it is not used")
    }
    problems += index.snapshot.lvm.warnings.map { Problem(place: "LVM said", words: $0.text) }
    return problems
  }

  private static func words(for entry: BundleEntry) -> String? {
    if !entry.isIntact { return "its bytes are not those that were collected: it proves nothing" }
    switch entry.result.status {
    case .failed: return "could not be asked or read"
    case .timedOut: return "did not answer within its time; what it had said is kept"
    case .truncated: return "said more than its limit; the first part is kept"
    case .skipped: return "was left out"
    case .collected, .missing: return nil
    }
  }

  func write(to html: inout HTMLWriter) {
    html.section(.collection) { html in
      let problems = problems
      guard !problems.isEmpty else {
        return html.element("p", text: "None: every question was answered in time and in full.")
      }
      html.markup(
        """
        <table class="problems"><caption>In the order of the bundle, then what LVM complained of</caption>
        <thead><tr><th scope="col">Where</th><th scope="col">What</th></tr></thead>
        <tbody>

        """)
      for problem in problems {
        html.markup("<tr><th scope=\"row\">")
        html.code(problem.place)
        html.markup("</th><td>")
        html.text(problem.words)
        html.markup("</td></tr>\n")
      }
      html.markup("</tbody></table>\n")
    }
  }
}

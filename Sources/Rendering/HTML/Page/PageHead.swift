import Analysis
import BundleFormat

/// What stands before the page's body: its policy, its name and its style.
struct PageHead {
  private let index: PageIndex

  init(_ index: PageIndex) { self.index = index }

  func write(to html: inout HTMLWriter) {
    html.markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta")
    html.attribute("http-equiv", "Content-Security-Policy")
    html.attribute("content", Self.policy)
    html.markup(
      """
      >
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <meta name="robots" content="noindex">
      <link rel="icon" href="data:,">

      """)
    html.element("title", text: title)
    html.markup("\n<style>")
    for part in PageStyle.parts { html.markup(part) }
    html.markup("</style>\n</head>\n")
  }

  private var title: String {
    let grade = index.assessment.grade.letter.map { "grade \($0.name)" } ?? "not graded"
    return "\(index.nodeName): \(grade), device-mapper health"
  }

  /// No origin is allowed at all; the style and the script by their hashes.
  static let policy =
    "default-src 'none'; style-src '\(hash(of: PageStyle.parts))'; "
    + "script-src '\(hash(of: PageScript.parts))'; img-src data:; base-uri 'none'; "
    + "form-action 'none'"

  /// `sha256-…` as a policy names an inline style or script. Source: CSP Level 3, 2.3.1.
  private static func hash(of parts: [StaticString]) -> String {
    var hash = SHA256()
    for part in parts { part.withUTF8Buffer { hash.update(UnsafeRawBufferPointer($0)) } }
    return "sha256-" + String(decoding: Base64.encoding(hash.finish().bytes), as: UTF8.self)
  }
}

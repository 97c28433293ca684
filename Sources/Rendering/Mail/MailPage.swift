import Analysis

/// The HTML part of a mail: one table of 640 pixels, inline styles, no images, scripts or anchors.
///
/// What mail programs do to anything else is measured in the data of caniemail.com: Word, which shows mail
/// in Outlook, pads table cells alone; Gmail drops SVG and clips at 102 KB.
struct MailPage {
  /// What the page has at most, whatever the node's size.
  static let mostBytes = 80_000

  let facts: MailFacts

  init(_ facts: MailFacts) { self.facts = facts }

  var html: String {
    var html = HTMLWriter(reserving: 32_768)
    html.markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
    html.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    html.markup("<meta name=\"color-scheme\" content=\"light dark\">\n")
    html.markup("<meta name=\"supported-color-schemes\" content=\"light dark\">\n")
    html.element("title", text: facts.subject)
    html.markup("\n</head>\n<body")
    html.attribute("bgcolor", MailStyle.backdrop)
    html.attribute(
      "style",
      "margin:0;background-color:\(MailStyle.backdrop);color:\(MailStyle.ink);\(MailStyle.font)"
        + "-webkit-text-size-adjust:100%;")
    html.markup(">\n")
    writePreheader(to: &html)
    html.beginLayout("background-color:\(MailStyle.backdrop);")
    html.markup("<tr><td align=\"center\" style=\"padding:16px 8px;\">\n")
    html.markup("<table role=\"presentation\" width=\"640\" cellpadding=\"0\" cellspacing=\"0\" ")
    html.markup("border=\"0\"")
    html.attribute("bgcolor", MailStyle.card)
    html.attribute(
      "style",
      "width:100%;max-width:640px;background-color:\(MailStyle.card);border-collapse:collapse;"
        + "border:1px solid \(MailStyle.rule);text-align:left;")
    html.markup(">\n")
    writeSections(to: &html)
    html.markup("</table>\n</td></tr></table>\n</body>\n</html>\n")
    return String(decoding: html.bytes, as: UTF8.self)
  }

  private func writeSections(to html: inout HTMLWriter) {
    writeHead(to: &html)
    writeVerdict(to: &html)
    writeFindings(to: &html)
    writePlan(to: &html)
    writeGaps(to: &html)
    writeFigures(to: &html)
    writeFoot(to: &html)
  }

  /// What lists of mails show beside the subject.
  private func writePreheader(to html: inout HTMLWriter) {
    html.markup("<div style=\"display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;")
    html.markup("mso-hide:all;font-size:1px;line-height:1px;\">")
    let mappings = facts.mappings.first?.value ?? "unknown"
    html.text("\(facts.countsInWords), \(mappings) mappings \u{2013} \(facts.node). ")
    html.text(facts.grade.headline)
    html.markup("</div>\n")
  }

  /// A row of the page with a heading and its content.
  func section(
    _ title: StaticString, to html: inout HTMLWriter, content: (inout HTMLWriter) -> Void
  ) {
    html.markup("<tr><td style=\"padding:24px 16px 0 16px;\">\n<h2")
    html.attribute(
      "style",
      "margin:0 0 8px 0;font-size:18px;line-height:24px;font-weight:bold;color:\(MailStyle.ink);")
    html.markup(">")
    html.markup(title)
    html.markup("</h2>\n")
    content(&html)
    html.markup("</td></tr>\n")
  }

  /// A paragraph; `style` is put behind the usual one.
  func paragraph(
    _ text: String, _ style: String = "", to html: inout HTMLWriter
  ) {
    html.markup("<p")
    html.attribute(
      "style", "margin:0 0 4px 0;font-size:14px;line-height:20px;\(MailStyle.breaks)\(style)")
    html.markup(">")
    html.breakable(text)
    html.markup("</p>\n")
  }
}

extension MailPage {
  func writePlan(to html: inout HTMLWriter) {
    section("Cleanup", to: &html) { html in
      for line in facts.plan { paragraph(line, to: &html) }
      paragraph(
        "Plan \(facts.planDigest)",
        "font-size:12px;line-height:16px;color:\(MailStyle.muted);word-break:break-all;"
          + MailStyle.mono, to: &html)
    }
  }

  func writeGaps(to html: inout HTMLWriter) {
    guard !facts.gaps.isEmpty else { return }
    section("Missing sources", to: &html) { html in
      html.beginData()
      html.markup("<thead><tr>")
      heading("Source", "width:110px;", to: &html)
      heading("Why, and what fills it", "", to: &html)
      html.markup("</tr></thead>\n<tbody>\n")
      for gap in facts.gaps {
        html.markup("<tr>")
        rowHeading(gap.source, to: &html)
        html.markup("<td valign=\"top\"")
        html.attribute("style", cell)
        html.markup(">")
        html.breakable(gap.reason)
        html.markup("<br><span")
        html.attribute("style", "word-break:break-all;color:\(MailStyle.ink);\(MailStyle.mono)")
        html.markup(">")
        html.breakable(gap.command)
        html.markup("</span></td></tr>\n")
      }
      html.markup("</tbody></table>\n")
      if facts.moreGaps > 0 { paragraph("and \(facts.moreGaps) more", to: &html) }
    }
  }

  func writeFigures(to html: inout HTMLWriter) {
    section("Mappings", to: &html) { html in
      html.beginData()
      html.markup("<thead><tr>")
      heading("Kind", "width:50%;", to: &html)
      heading("Count", "", to: &html)
      html.markup("</tr></thead>\n<tbody>\n")
      for row in facts.mappings {
        html.markup("<tr>")
        rowHeading(row.label, to: &html)
        html.element("td", [("style", cell)], text: row.value)
        html.markup("</tr>\n")
      }
      html.markup("</tbody></table>\n")
    }
    guard !facts.host.isEmpty else { return }
    section("Host", to: &html) { html in
      html.beginData()
      html.markup("<thead><tr>")
      heading("Figure", "width:50%;", to: &html)
      heading("Value", "", to: &html)
      html.markup("</tr></thead>\n<tbody>\n")
      for figure in facts.host {
        html.markup("<tr>")
        rowHeading(figure.label, to: &html)
        html.markup("<td")
        html.attribute("style", cell)
        html.markup(">")
        html.text(figure.value)
        if figure.state != .plain {
          html.markup(" <span")
          html.attribute(
            "style", "font-weight:bold;color:\(MailStyle.color(of: figure.state));")
          html.markup(">")
          html.text(figure.state.rawValue)
          html.markup("</span>")
        }
        html.markup("</td></tr>\n")
      }
      html.markup("</tbody></table>\n")
    }
  }

  func writeFoot(to html: inout HTMLWriter) {
    html.markup("<tr><td style=\"padding:24px 16px 20px 16px;\">\n")
    for note in facts.notes { paragraph(note, to: &html) }
    let small = "font-size:12px;line-height:16px;color:\(MailStyle.muted);"
    if let bundle = facts.bundle {
      paragraph("Bundle \(bundle)", small + "word-break:break-all;" + MailStyle.mono, to: &html)
    }
    paragraph(MailFacts.footnote, small, to: &html)
    html.markup("</td></tr>\n")
  }

  /// The style of a cell of data.
  private var cell: String {
    "padding:6px 0;border-bottom:1px solid \(MailStyle.rule);font-size:14px;line-height:20px;"
      + "color:\(MailStyle.ink);\(MailStyle.breaks)"
  }

  private func rowHeading(_ label: String, to html: inout HTMLWriter) {
    html.markup("<th scope=\"row\" align=\"left\" valign=\"top\"")
    html.attribute(
      "style",
      "padding:6px 8px 6px 0;border-bottom:1px solid \(MailStyle.rule);text-align:left;"
        + "font-size:14px;line-height:20px;font-weight:normal;color:\(MailStyle.muted);")
    html.markup(">")
    html.breakable(label)
    html.markup("</th>")
  }
}

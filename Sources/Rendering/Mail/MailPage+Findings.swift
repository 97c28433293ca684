import Analysis

extension MailPage {
  func writeFindings(to html: inout HTMLWriter) {
    section("Findings", to: &html) { html in
      if facts.groups.isEmpty {
        paragraph(facts.nothingFound, to: &html)
      } else {
        html.beginData()
        html.markup("<thead><tr>")
        heading("Severity", "width:82px;", to: &html)
        heading("What, and where", "", to: &html)
        html.markup("</tr></thead>\n<tbody>\n")
        for group in facts.groups { write(group, to: &html) }
        html.markup("</tbody></table>\n")
      }
      if let more = facts.more {
        paragraph("And not shown here: \(more).", "font-weight:bold;", to: &html)
      }
      if facts.ignored > 0 {
        paragraph(
          "Ignored by your list: \(facts.ignored).", "color:\(MailStyle.muted);", to: &html)
      }
    }
  }

  /// A column's heading.
  func heading(_ title: StaticString, _ style: String, to html: inout HTMLWriter) {
    html.markup("<th scope=\"col\" align=\"left\"")
    html.attribute(
      "style",
      "\(style)padding:4px 8px 4px 0;border-bottom:2px solid \(MailStyle.rule);text-align:left;"
        + "font-size:12px;line-height:16px;font-weight:bold;color:\(MailStyle.muted);")
    html.markup(">")
    html.markup(title)
    html.markup("</th>")
  }

  private func write(_ group: MailGroup, to html: inout HTMLWriter) {
    let color = MailStyle.color(of: group.severity)
    html.markup("<tr><th scope=\"row\" align=\"left\" valign=\"top\"")
    html.attribute(
      "style",
      "width:82px;padding:12px 8px 12px 0;border-bottom:1px solid \(MailStyle.rule);"
        + "text-align:left;font-size:13px;line-height:20px;font-weight:bold;color:\(color);")
    html.markup(">")
    html.text("\(MailStyle.shape(of: group.severity)) \(group.severity.name)")
    html.markup("</th>\n<td valign=\"top\"")
    html.attribute(
      "style",
      "padding:12px 0;border-bottom:1px solid \(MailStyle.rule);\(MailStyle.breaks)")
    html.markup(">")
    paragraph(group.title, "font-size:15px;font-weight:bold;", to: &html)
    paragraph(
      "\(group.rule), \(group.countInWords)",
      "font-size:12px;line-height:16px;color:\(MailStyle.muted);\(MailStyle.mono)", to: &html)
    paragraph(group.harm, "", to: &html)
    writeItems(of: group, color, to: &html)
    paragraph("What helps: \(group.remedy)", "color:\(MailStyle.healthy);", to: &html)
    html.markup("</td></tr>\n")
  }

  private func writeItems(
    of group: MailGroup, _ color: String, to html: inout HTMLWriter
  ) {
    html.beginLayout()
    for item in group.findings {
      html.markup("<tr><td")
      html.attribute(
        "style",
        "padding:4px 0 8px 10px;border-left:3px solid \(color);font-size:13px;line-height:18px;"
          + "color:\(MailStyle.muted);\(MailStyle.breaks)")
      html.markup("><span")
      html.attribute(
        "style",
        "font-size:13px;font-weight:bold;color:\(MailStyle.ink);\(MailStyle.mono)"
          + MailStyle.breaks(of: item.subject))
      html.markup(">")
      html.breakable(item.subject)
      html.markup("</span><br>")
      html.breakable(item.why)
      html.markup("</td></tr>\n")
    }
    if group.moreCount > 0 {
      html.markup("<tr><td")
      html.attribute(
        "style",
        "padding:4px 0 8px 10px;border-left:3px solid \(color);font-size:13px;line-height:18px;"
          + "font-weight:bold;color:\(MailStyle.ink);")
      html.markup(">")
      html.text("and \(group.moreCount) more")
      html.markup("</td></tr>\n")
    }
    html.markup("</table>\n")
  }
}

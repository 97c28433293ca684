import Analysis

extension MailPage {
  func writeHead(to html: inout HTMLWriter) {
    html.markup("<tr><td style=\"padding:20px 16px 16px 16px;\">\n")
    paragraph(
      "Device-mapper health", "font-size:13px;color:\(MailStyle.muted);", to: &html)
    html.markup("<h1")
    html.attribute(
      "style",
      "margin:0 0 4px 0;font-size:26px;line-height:32px;font-weight:bold;color:\(MailStyle.ink);"
        + MailStyle.breaks)
    html.markup(">")
    html.breakable(facts.node)
    html.markup("</h1>\n")
    let cluster = facts.cluster.map { "Cluster \($0)" }
    let line = [cluster, facts.versions.isEmpty ? nil : facts.versions].compactMap { $0 }
    if !line.isEmpty {
      paragraph(line.joined(separator: " \u{00B7} "), "color:\(MailStyle.muted);", to: &html)
    }
    paragraph("Collected \(facts.collectedAt)", "color:\(MailStyle.muted);", to: &html)
    html.markup("</td></tr>\n")
  }

  /// The letter in its colour, what it means, and how many findings of what severity.
  func writeVerdict(to html: inout HTMLWriter) {
    let color = MailStyle.color(of: facts.grade.level)
    html.markup("<tr><td style=\"padding:0 16px;\">\n")
    html.beginLayout("border:1px solid \(color);")
    html.markup("<tr><td width=\"76\" align=\"center\" valign=\"middle\"")
    html.attribute("bgcolor", color)
    html.attribute(
      "style",
      "width:76px;padding:16px 4px;background-color:\(color);color:\(MailStyle.card);"
        + "font-size:12px;line-height:16px;text-align:center;")
    html.markup("><span style=\"font-size:44px;line-height:48px;font-weight:bold;\">")
    html.text(facts.grade.letter)
    html.markup("</span><br>")
    html.text(facts.grade.letter == "?" ? "no grade" : "grade")
    html.markup("</td>\n<td valign=\"middle\"")
    html.attribute("bgcolor", MailStyle.panel)
    html.attribute("style", "padding:12px 12px;background-color:\(MailStyle.panel);")
    html.markup(">")
    paragraph(
      facts.grade.headline, "font-size:17px;line-height:24px;font-weight:bold;color:\(color);",
      to: &html)
    for detail in facts.grade.details {
      paragraph(detail, "color:\(MailStyle.ink);", to: &html)
    }
    html.markup("</td></tr></table>\n</td></tr>\n")
    writeCounts(to: &html)
  }

  private func writeCounts(to html: inout HTMLWriter) {
    html.markup("<tr><td style=\"padding:12px 16px 0 16px;\">\n")
    html.beginLayout()
    html.markup("<tr>\n")
    for severity in [Severity.critical, .warning, .notice] {
      let count = facts.counts.first { $0.severity == severity }?.count ?? 0
      let color = count == 0 ? MailStyle.muted : MailStyle.color(of: severity)
      html.markup("<td width=\"33%\" align=\"center\" valign=\"top\"")
      html.attribute(
        "style",
        "width:33%;padding:8px 4px;border-top:3px solid \(color);color:\(color);"
          + "text-align:center;font-size:14px;line-height:20px;")
      html.markup("><span style=\"font-size:26px;line-height:30px;font-weight:bold;\">")
      html.text(count)
      html.markup("</span><br>")
      html.text("\(MailStyle.shape(of: severity)) ")
      html.text(severity == .critical || count == 1 ? severity.name : "\(severity.name)s")
      html.markup("</td>\n")
    }
    html.markup("</tr></table>\n</td></tr>\n")
  }
}

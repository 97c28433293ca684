import Rendering
import Testing

/// The rules of mail: what the mail programs of the world show as it was meant.
///
/// Source: the data of caniemail.com, and measured mails of the script before this.
struct MailMarkupTests {
  @Test(arguments: MailCase.all) func `the HTML is well-formed`(_ mail: MailCase) {
    #expect(mail.markup.faults.isEmpty)
    #expect(mail.rendered.html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
  }

  @Test(arguments: MailCase.all) func `only elements that every mail program shows`(
    _ mail: MailCase
  ) {
    let allowed: Set<String> = [
      "html", "head", "meta", "title", "body", "div", "table", "thead", "tbody", "tr", "td", "th",
      "h1", "h2", "p", "span", "br", "wbr",
    ]
    #expect(Set(mail.markup.elements.map(\.name)).subtracting(allowed) == [])
    let attributes = Set(mail.markup.elements.flatMap(\.attributes.keys))
    #expect(
      attributes.subtracting([
        "lang", "charset", "name", "content", "style", "bgcolor", "role", "width", "cellpadding",
        "cellspacing", "border", "align", "valign", "scope",
      ]) == [])
  }

  @Test(arguments: MailCase.all) func `styles are inline, and of properties that are understood`(
    _ mail: MailCase
  ) {
    let allowed: Set<String> = [
      "margin", "padding", "color", "background-color", "font-family", "font-size", "font-weight",
      "line-height", "text-align", "width", "max-width", "border", "border-top", "border-left",
      "border-bottom", "border-collapse", "word-break", "overflow-wrap", "-webkit-text-size-adjust",
      // the preheader's
      "display", "max-height", "overflow", "opacity", "mso-hide",
    ]
    for element in mail.markup.elements {
      let style = element.style
      #expect(Set(style.keys).subtracting(allowed) == [], "\(element.name)")
      // Word pads cells alone.
      if style["padding"] != nil { #expect(["td", "th"].contains(element.name)) }
      if let display = style["display"] { #expect(display == "none") }
      if let margin = style["margin"] { #expect(!margin.contains("-")) }
      if style["max-width"] != nil { #expect(["table", "div"].contains(element.name)) }
      for (property, value) in style where property.contains("color") || property == "border" {
        let color = value.split(separator: " ").last.map(String.init) ?? ""
        #expect(Self.components(of: color) != nil, "\(property): \(value)")
      }
      if let background = style["background-color"], element.name != "span" {
        let isLayer = element.attributes["role"] != nil && element.attributes["bgcolor"] == nil
        // The outermost table repeats the body's.
        if !isLayer { #expect(element.attributes["bgcolor"] == background, "\(element.name)") }
      }
    }
  }

  @Test(arguments: MailCase.all) func `one table of at most 640 pixels that shrinks`(
    _ mail: MailCase
  ) {
    let fixed = mail.markup.elements.filter { $0.attributes["width"] == "640" }
    #expect(fixed.map(\.name) == ["table"])
    #expect(fixed[0].style["max-width"] == "640px")
    #expect(fixed[0].style["width"] == "100%")
    for element in mail.markup.elements {
      let width = element.attributes["width"] ?? ""
      #expect(width.hasSuffix("%") || width == "640" || (Int(width) ?? 0) <= 120)
    }
  }

  @Test(arguments: MailCase.all) func `tables of data have headings, tables of layout a role`(
    _ mail: MailCase
  ) {
    let markup = mail.markup
    for (position, element) in markup.elements.enumerated() {
      let chain = markup.chain(position)
      let table = chain.dropFirst().first { $0.name == "table" }
      switch element.name {
      case "th":
        #expect(["col", "row"].contains(element.attributes["scope"] ?? ""))
        #expect(table?.attributes["role"] == nil)
      case "td": #expect(table != nil)
      case "table":
        let hasHeadings = markup.elements.contains { $0.name == "thead" && $0.parent == position }
        #expect(hasHeadings == (element.attributes["role"] == nil))
        if let role = element.attributes["role"] { #expect(role == "presentation") }
      default: break
      }
    }
  }

  @Test(arguments: MailCase.all) func `one h1, a language, a title, and colour schemes`(
    _ mail: MailCase
  ) {
    let markup = mail.markup
    #expect(markup.all("h1").count == 1)
    #expect(markup.all("html").map { $0.attributes["lang"] } == ["en"])
    #expect(markup.all("title").map(\.text) == [mail.rendered.subject])
    let meta = markup.all("meta").map {
      "\($0.attributes["name"] ?? "")=\($0.attributes["content"] ?? "")"
    }
    #expect(meta.contains("color-scheme=light dark"))
    // No heading is left out on the way down.
    #expect(markup.elements.first { ["h1", "h2"].contains($0.name) }?.name == "h1")
  }

  @Test(arguments: MailCase.all) func `the first text is the preheader, which nobody sees`(
    _ mail: MailCase
  ) throws {
    let markup = mail.markup
    let first = try #require(
      markup.elements.firstIndex {
        $0.parent != nil && !$0.text.allSatisfy(\.isWhitespace)
          && $0.name != "title"
      })
    #expect(markup.elements[first].name == "div")
    #expect(markup.elements[first].style["display"] == "none")
    #expect(markup.elements[first].text.contains(" mappings "))
    #expect(markup.all("div").count == 1)
  }

  @Test(arguments: MailCase.all) func `text can be read by day and by night`(_ mail: MailCase) {
    let markup = mail.markup
    for (position, element) in markup.elements.enumerated()
    where !element.text.allSatisfy(\.isWhitespace) && element.name != "title" {
      let chain = markup.chain(position)
      if chain.contains(where: { $0.style["display"] == "none" }) { continue }
      let front = chain.lazy.compactMap { $0.style["color"] }.first ?? "#000000"
      let back = chain.lazy.compactMap { $0.style["background-color"] }.first ?? "#ffffff"
      guard let text = Self.components(of: front), let ground = Self.components(of: back) else {
        Issue.record("\(front) on \(back)")
        continue
      }
      #expect(Self.contrast(text, ground) >= 4.5, "\(front) on \(back)")
      let night = (text.map { 1 - $0 }, ground.map { 1 - $0 })
      #expect(Self.contrast(night.0, night.1) >= 4.5, "\(front) on \(back), inverted")
    }
  }

  @Test(arguments: MailCase.all) func `no long word without a place to break it`(_ mail: MailCase) {
    // Words as the markup has them: between blanks, tags and places to break.
    var word = 0
    var isTag = false
    var isReference = false
    let body = mail.rendered.html.split(separator: "\n").drop { !$0.hasPrefix("<body") }
    for scalar in body.joined(separator: "\n").unicodeScalars {
      switch scalar {
      case "<": isTag = true
      case ">": (isTag, word) = (false, 0)
      case "&" where !isTag: (isReference, word) = (true, word + 1)
      case ";" where isReference: isReference = false
      case " ", "\n": word = 0
      default: if !isTag && !isReference { word += 1 }
      }
      if word > 24 { return #expect(Bool(false), "a word of more than 24 characters") }
    }
  }

  @Test(arguments: MailCase.all) func `severities are word, colour and shape`(_ mail: MailCase) {
    let cells = mail.markup.all("th").filter {
      $0.attributes["scope"] == "row" && $0.style["width"] == "82px"
    }
    let shapes = [
      "\u{25A0} critical": "#b42318", "\u{25B2} warning": "#934a00", "\u{25CF} notice": "#1f5fa8",
    ]
    for cell in cells { #expect(shapes[cell.text] == cell.style["color"], "\(cell.text)") }
  }

  @Test(arguments: MailCase.all) func `at most 80 KB, whatever the node's size`(_ mail: MailCase) {
    #expect(mail.rendered.html.utf8.count <= 80_000)
    #expect(mail.rendered.text.utf8.count <= 80_000)
  }

  private static func components(of color: String) -> [Double]? {
    guard color.hasPrefix("#"), color.utf8.count == 7,
      let number = UInt32(color.dropFirst(), radix: 16)
    else { return nil }
    return [16, 8, 0].map { Double((number >> $0) & 0xFF) / 255 }
  }

  /// Source: WCAG 2.2, "contrast ratio" and "relative luminance".
  private static func contrast(_ one: [Double], _ other: [Double]) -> Double {
    func luminance(_ color: [Double]) -> Double {
      let linear = color.map { $0 <= 0.04045 ? $0 / 12.92 : power(($0 + 0.055) / 1.055) }
      return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
    let (a, b) = (luminance(one), luminance(other))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  /// `x` to the power of 2.4: its square, and the fifth root of its square by Newton's steps.
  private static func power(_ x: Double) -> Double {
    var root = 1.0
    for _ in 0..<60 {
      root -= (root * root * root * root * root - x * x) / (5 * root * root * root * root)
    }
    return x * x * root
  }
}

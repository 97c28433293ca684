/// A mail's HTML as elements: strict enough that what it reads, every mail program reads the same.
struct MailMarkup {
  private(set) var elements: [Element] = []
  /// Why it is not well-formed; empty when it is.
  private(set) var faults: [String] = []

  struct Element {
    let name: String
    let attributes: [String: String]
    /// The position of what it lies in; nil for the outermost.
    let parent: Int?
    /// The text directly in it, references resolved.
    var text = ""
    /// The texts and elements in it as one text.
    var wholeText = ""

    /// The declarations of its style: `color` → `#fff`.
    var style: [String: String] {
      var style: [String: String] = [:]
      for declaration in (attributes["style"] ?? "").split(separator: ";") {
        let parts = declaration.split(separator: ":", maxSplits: 1).map(String.init)
        if parts.count == 2 { style[parts[0]] = parts[1] }
      }
      return style
    }
  }

  private static let empty: Set<String> = ["meta", "br", "wbr"]

  init(_ html: String) {
    var rest = Substring(html)
    var open: [Int] = []
    while let start = rest.firstIndex(of: "<") {
      add(String(rest[..<start]), to: open)
      guard let end = rest[start...].firstIndex(of: ">") else {
        faults.append("a tag has no end")
        return
      }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("!") { continue }
      if tag.hasPrefix("/") {
        let name = String(tag.dropFirst())
        guard let last = open.popLast(), elements[last].name == name else {
          faults.append("</\(name)> ends another element")
          return
        }
        continue
      }
      let (name, attributes) = Self.parts(of: tag)
      elements.append(Element(name: name, attributes: attributes, parent: open.last))
      if !Self.empty.contains(name) { open.append(elements.count - 1) }
    }
    if !open.isEmpty { faults.append("\(open.count) elements have no end") }
  }

  /// An element and what it lies in, the innermost first.
  func chain(_ position: Int) -> [Element] {
    var chain = [elements[position]]
    while let parent = chain[chain.count - 1].parent { chain.append(elements[parent]) }
    return chain
  }

  /// The elements of a name.
  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  /// All visible text, with one blank between elements.
  var text: String { elements.first { $0.name == "body" }?.wholeText ?? "" }

  private mutating func add(_ raw: String, to open: [Int]) {
    let text = Self.resolved(raw)
    guard !text.isEmpty, let last = open.last else { return }
    elements[last].text += text
    for position in open { elements[position].wholeText += text }
  }

  private static func parts(of tag: Substring) -> (String, [String: String]) {
    let name = String(tag.prefix { $0 != " " })
    var attributes: [String: String] = [:]
    var rest = tag.dropFirst(name.count)
    while let equals = rest.firstIndex(of: "=") {
      let key = rest[..<equals].filter { $0 != " " }
      let value = rest[rest.index(equals, offsetBy: 2)...]
      guard let end = value.firstIndex(of: "\"") else { break }
      attributes[key] = resolved(String(value[..<end]))
      rest = value[value.index(after: end)...]
    }
    return (name, attributes)
  }

  private static func resolved(_ text: String) -> String {
    guard text.contains("&") else { return text }
    var result = ""
    for (position, part) in text.split(separator: "&", omittingEmptySubsequences: false)
      .enumerated()
    {
      let names = [("lt;", "<"), ("gt;", ">"), ("#34;", "\""), ("#39;", "'"), ("amp;", "&")]
      if position == 0 {
        result += part
      } else if let (name, character) = names.first(where: { part.hasPrefix($0.0) }) {
        result += character + part.dropFirst(name.count)
      } else {
        result += "\u{FFFD}" + part
      }
    }
    return result
  }
}

import Testing

/// A page's markup, read strictly: what isn't plain markup of ours is a fault.
struct PageReader: CustomTestStringConvertible {
  private(set) var elements: [Element] = []
  /// What a page of ours never has.
  private(set) var faults: [String] = []
  /// All text outside style and script, references resolved.
  private(set) var text = ""

  var testDescription: String { "a page of \(elements.count) elements" }

  struct Element {
    let name: String
    let attributes: [(name: String, value: String)]

    subscript(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
  }

  init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while let next = rest.first {
      if next != UInt8(ascii: "<") {
        let end = rest.firstIndex(of: UInt8(ascii: "<")) ?? rest.endIndex
        text += resolved(rest[..<end])
        rest = rest[end...]
      } else {
        readTag(&rest)
      }
    }
  }

  /// Reads `<name attribute="value" …>`, `</name>`, or the document's type.
  private mutating func readTag(_ rest: inout ArraySlice<UInt8>) {
    rest = rest.dropFirst()
    let isEnd = rest.first == UInt8(ascii: "/")
    if isEnd { rest = rest.dropFirst() }
    let isType = rest.first == UInt8(ascii: "!")
    if isType { rest = rest.dropFirst() }
    let name = word(&rest)
    if name.isEmpty { faults.append("a tag without a name before \(excerpt(rest))") }
    var attributes: [(name: String, value: String)] = []
    while let next = rest.first, next != UInt8(ascii: ">") {
      if next == UInt8(ascii: " ") || next == UInt8(ascii: "\n") || next == UInt8(ascii: "/") {
        rest = rest.dropFirst()
        continue
      }
      let attribute = word(&rest)
      if attribute.isEmpty {
        faults.append("no attribute in <\(name)> before \(excerpt(rest))")
        return
      }
      attributes.append((attribute, value(&rest)))
    }
    rest = rest.dropFirst()
    if isEnd || isType { return }
    elements.append(Element(name: name, attributes: attributes))
    if name == "style" || name == "script" {
      let end = Array("</\(name)>".utf8)
      let close = rest.indices.first { rest[$0...].starts(with: end) } ?? rest.endIndex
      rest = rest[close...]
    }
  }

  private func word(_ rest: inout ArraySlice<UInt8>) -> String {
    let word = rest.prefix {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
    }
    rest = rest[word.endIndex...]
    return String(decoding: word, as: UTF8.self)
  }

  private mutating func value(_ rest: inout ArraySlice<UInt8>) -> String {
    guard rest.first == UInt8(ascii: "=") else { return "" }
    rest = rest.dropFirst()
    guard rest.first == UInt8(ascii: "\"") else { return word(&rest) }
    rest = rest.dropFirst()
    let end = rest.firstIndex(of: UInt8(ascii: "\"")) ?? rest.endIndex
    let value = resolved(rest[..<end])
    rest = rest[end...].dropFirst()
    return value
  }

  /// Resolves the references that our writer makes; any other ampersand is a fault.
  private mutating func resolved(_ bytes: ArraySlice<UInt8>) -> String {
    let known = ["&amp;": "&", "&lt;": "<", "&gt;": ">", "&#34;": "\"", "&#39;": "'"]
    var text = ""
    var rest = Substring(decoding: bytes, as: UTF8.self)
    while let start = rest.firstIndex(of: "&") {
      text += rest[..<start]
      rest = rest[start...]
      if let (reference, letter) = known.first(where: { rest.hasPrefix($0.key) }) {
        text += letter
        rest = rest.dropFirst(reference.count)
      } else {
        faults.append("an unknown reference: \(rest.prefix(20))")
        rest = rest.dropFirst()
      }
    }
    if bytes.contains(UInt8(ascii: ">")) { faults.append("a bare > in \(excerpt(bytes))") }
    return text + rest
  }

  private func excerpt(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.prefix(60), as: UTF8.self)
  }
}

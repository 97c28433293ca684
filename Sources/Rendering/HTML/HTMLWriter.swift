/// Writes HTML in the order of the calls: markup is what the program itself says, everything else is text.
///
/// Markup is a ``StaticString``, so that nothing from a bundle can become it. The caller closes what it
/// opens; ``element(_:_:_:)`` does that by itself.
///
/// ```swift
/// html.element("td", [("class", "name")]) { $0.text(mapping.name) }
/// html.markup("<a"); html.attribute("href", "#" + id); html.markup(">")
/// ```
struct HTMLWriter: Sendable {
  /// What was written so far, well-formed UTF-8.
  private(set) var bytes: [UInt8] = []

  /// - Parameter capacity: Bytes to make room for.
  init(reserving capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  /// Writes our own markup as it stands.
  mutating func markup(_ markup: StaticString) { bytes.append(markup: markup) }

  /// Writes text; nothing in it is markup.
  mutating func text(_ text: String) { HTMLText.append(text, to: &bytes) }

  mutating func text(_ number: Int) { bytes += "\(number)".utf8 }

  /// Writes ` name="value"` into a tag that is open.
  mutating func attribute(_ name: StaticString, _ value: String) {
    begin(attribute: name)
    text(value)
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func attribute(_ name: StaticString, _ value: Int) {
    begin(attribute: name)
    text(value)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Writes an element with its end tag.
  mutating func element(
    _ name: StaticString, _ attributes: [(name: StaticString, value: String)] = [],
    _ content: (inout HTMLWriter) -> Void
  ) {
    bytes.append(UInt8(ascii: "<"))
    bytes.append(markup: name)
    for attribute in attributes { self.attribute(attribute.name, attribute.value) }
    bytes.append(UInt8(ascii: ">"))
    content(&self)
    bytes.append(markup: "</")
    bytes.append(markup: name)
    bytes.append(UInt8(ascii: ">"))
  }

  /// Writes an element that holds text alone.
  mutating func element(
    _ name: StaticString, _ attributes: [(name: StaticString, value: String)] = [], text: String
  ) {
    element(name, attributes) { $0.text(text) }
  }

  /// Writes what another writer wrote.
  mutating func append(_ other: HTMLWriter) { bytes += other.bytes }

  private mutating func begin(attribute name: StaticString) {
    bytes.append(UInt8(ascii: " "))
    bytes.append(markup: name)
    bytes.append(markup: "=\"")
  }
}

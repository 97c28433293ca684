/// Writes JSON as UTF-8, member by member, in the order of the calls.
///
/// The caller keeps the grammar: a key before each member's value, an end for each begin. All text is
/// escaped, so that the result is also safe inside an HTML script element's JavaScript.
///
/// Source: RFC 8259.
public struct JSONWriter: Sendable {
  /// What was written so far; no line break at the end.
  public private(set) var bytes: [UInt8] = []

  private let isPretty: Bool
  /// How many objects and arrays are open.
  private var depth = 0
  /// Containers at this depth and below stand on one line.
  private var inlineDepth = Int.max
  /// Whether the open container has a member already.
  private var hasMembers = false
  private var followsKey = false

  /// Starts a document.
  ///
  /// - Parameter pretty: Whether members stand on lines of their own, indented by two blanks.
  public init(pretty: Bool = false) { isPretty = pretty }

  /// Makes room for a document of about that many bytes.
  public mutating func reserveCapacity(_ capacity: Int) { bytes.reserveCapacity(capacity) }

  /// Hands over what was written since the last call, and forgets it: a big document goes out in parts.
  public mutating func drain(to take: ([UInt8]) -> Void) {
    take(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  /// A writer of members that follow those of this one in the container that is open: a part of a document
  /// that is written elsewhere at the same time.
  public func continuation() -> JSONWriter {
    var other = self
    other.bytes = []
    other.hasMembers = true
    return other
  }

  /// Appends what a ``continuation()`` wrote; at least one member was written here since it began.
  public mutating func append(_ continuation: JSONWriter) { bytes += continuation.bytes }

  /// Ends the document with a line break.
  public mutating func endDocument() { bytes.append(UInt8(ascii: "\n")) }

  // MARK: Containers

  /// Opens an object.
  ///
  /// - Parameter onOneLine: Whether its members, at every depth, stay on the line in a pretty document.
  public mutating func beginObject(onOneLine: Bool = false) {
    begin(UInt8(ascii: "{"), onOneLine: onOneLine)
  }

  public mutating func endObject() { end(UInt8(ascii: "}")) }

  /// Opens an array; `onOneLine` as for ``beginObject(onOneLine:)``.
  public mutating func beginArray(onOneLine: Bool = false) {
    begin(UInt8(ascii: "["), onOneLine: onOneLine)
  }

  public mutating func endArray() { end(UInt8(ascii: "]")) }

  /// Writes a member's key; its value comes next.
  public mutating func key(_ name: String) {
    separate()
    appendQuoted(name)
    bytes.append(UInt8(ascii: ":"))
    if isPretty { bytes.append(UInt8(ascii: " ")) }
    followsKey = true
  }

  /// Writes a key that needs no escape: letters, digits and the like.
  public mutating func key(literal name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    bytes.append(literal: name)
    bytes.append(literal: isPretty ? "\": " : "\":")
    followsKey = true
  }

  // MARK: Values

  public mutating func value(_ text: String) {
    separate()
    appendQuoted(text)
  }

  /// Writes a text that is made of a word and bytes of well-formed UTF-8, without joining them first.
  public mutating func value(_ head: String, _ tail: ArraySlice<UInt8>) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    var head = head
    head.withUTF8 { bytes.append(escaping: $0) }
    tail.withUnsafeBufferPointer { bytes.append(escaping: $0) }
    bytes.append(UInt8(ascii: "\""))
  }

  public mutating func value(_ number: Int) {
    separate()
    bytes.append(decimal: number)
  }

  /// Writes a number with at most that many decimals (0 to 9), rounded; null when it is not finite.
  public mutating func value(_ number: Double, decimals: Int) {
    separate()
    bytes.append(number, decimals: decimals)
  }

  public mutating func value(_ truth: Bool) {
    separate()
    bytes.append(literal: truth ? "true" : "false")
  }

  public mutating func null() {
    separate()
    bytes.append(literal: "null")
  }

  public mutating func value(_ text: String?) {
    if let text { value(text) } else { null() }
  }

  public mutating func value(_ number: Int?) {
    if let number { value(number) } else { null() }
  }

  public mutating func value(_ truth: Bool?) {
    if let truth { value(truth) } else { null() }
  }

  public mutating func value(_ number: Double?, decimals: Int) {
    if let number { value(number, decimals: decimals) } else { null() }
  }

  /// Writes an array of texts, on one line.
  public mutating func value(_ texts: [String]) {
    beginArray(onOneLine: true)
    for text in texts { value(text) }
    endArray()
  }

  // MARK: Layout

  private mutating func begin(_ bracket: UInt8, onOneLine: Bool) {
    separate()
    bytes.append(bracket)
    depth += 1
    hasMembers = false
    if onOneLine { inlineDepth = min(inlineDepth, depth) }
  }

  private mutating func end(_ bracket: UInt8) {
    let breaks = isPretty && hasMembers && depth < inlineDepth
    if depth == inlineDepth { inlineDepth = .max }
    depth -= 1
    if breaks { breakLine() }
    bytes.append(bracket)
    hasMembers = true
  }

  /// Writes what stands between the last token and the next: a comma, and the layout.
  private mutating func separate() {
    if followsKey {
      followsKey = false
      return
    }
    if hasMembers { bytes.append(UInt8(ascii: ",")) }
    if isPretty && depth > 0 {
      if depth < inlineDepth {
        breakLine()
      } else if hasMembers {
        bytes.append(UInt8(ascii: " "))
      }
    }
    hasMembers = true
  }

  private mutating func breakLine() {
    let indentation = 2 * depth
    bytes.append(addingCapacity: indentation + 1) { output in
      output.append(UInt8(ascii: "\n"))
      for _ in 0..<indentation { output.append(UInt8(ascii: " ")) }
    }
  }

  private mutating func appendQuoted(_ text: String) {
    let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { bytes.append(quoting: $0) }
    if isDone == nil {
      Array(text.utf8).withUnsafeBufferPointer { bytes.append(quoting: $0) }
    }
  }
}

/// Writes JSON as UTF-8, member by member, in the order of the calls.
///
/// The caller keeps the grammar: a key before each member's value, an end for each begin. All text is escaped as
/// JSON wants it; `<` is not, so nothing of it goes into HTML as it is.
///
/// Source: RFC 8259.
public struct JSONWriter: ~Copyable, Sendable {
  @usableFromInline var output: ByteBuffer

  @usableFromInline let isPretty: Bool
  /// How many objects and arrays are open.
  private var depth = 0
  /// Containers at this depth and below stand on one line.
  private var inlineDepth = Int.max
  /// What stands between members of the open container.
  @usableFromInline var separator = JSONSeparator.compact
  /// Whether the open container has a member already.
  @usableFromInline var hasMembers = false
  @usableFromInline var followsKey = false

  /// Starts a document.
  ///
  /// - Parameters:
  ///   - pretty: Whether members stand on lines of their own, indented by two blanks.
  ///   - capacity: About how many bytes it will have.
  public init(pretty: Bool = false, capacity: Int = 1024) {
    isPretty = pretty
    output = ByteBuffer(capacity: capacity)
  }

  /// What was written so far; no line break at the end.
  public var bytes: [UInt8] { output.withBytes { [UInt8]($0) } }

  /// Hands over what was written so far.
  public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    output.withBytes(body)
  }

  /// Forgets what was written, and goes on in the middle of a document: with a part of it, which another
  /// writer's part comes before.
  ///
  /// - Parameters:
  ///   - depth: How many objects and arrays are open there, none of them on one line.
  ///   - afterMembers: Whether the innermost has a member already.
  public mutating func restart(atDepth depth: Int, afterMembers: Bool) {
    output.truncate(to: 0)
    self.depth = depth
    inlineDepth = .max
    hasMembers = afterMembers
    followsKey = false
    layOut()
  }

  /// Ends the document with a line break.
  public mutating func endDocument() { output.append(literal: "\n") }

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
    let bytes = name.utf8.span
    separate(roomFor: bytes.count &+ 9)
    output.put(UInt8(ascii: "\""))
    bytes.withUnsafeBufferPointer { output.put(escaping: $0) }
    output.makeRoom(for: 8)
    endKey()
  }

  /// Writes a key that needs no escape: letters, digits and the like.
  @inlinable @inline(__always)
  public mutating func key(literal name: StaticString) {
    separate(roomFor: name.utf8CodeUnitCount &+ 9)
    output.put(UInt8(ascii: "\""))
    output.put(name.utf8Start, count: name.utf8CodeUnitCount)
    endKey()
  }

  // MARK: Layout

  private mutating func begin(_ bracket: UInt8, onOneLine: Bool) {
    separate(roomFor: 1)
    output.put(bracket)
    depth += 1
    hasMembers = false
    if onOneLine { inlineDepth = min(inlineDepth, depth) }
    layOut()
  }

  private mutating func end(_ bracket: UInt8) {
    if depth == inlineDepth { inlineDepth = .max }
    depth -= 1
    output.makeRoom(for: 2 &* depth &+ 18)
    if hasMembers && separator.breaksLines { output.putLine(blanks: 2 &* depth) }
    output.put(bracket)
    layOut()
    hasMembers = true
  }

  /// Determines what stands between members of the open container.
  private mutating func layOut() {
    separator =
      if !isPretty || depth == 0 {
        .compact
      } else if depth < inlineDepth {
        .lines(atDepth: depth)
      } else {
        .onOneLine
      }
  }

  /// Needs room for eight bytes.
  @inlinable @inline(__always)
  mutating func endKey() {
    // `": ` and `":`, the first byte lowest.
    output.put(0x20_3A22, count: isPretty ? 3 : 2)
    followsKey = true
  }

  /// Writes what stands between the last token and the next: a comma, and the layout.
  ///
  /// - Parameter bytes: How many bytes of the next token may then be put.
  @inlinable @inline(__always)
  mutating func separate(roomFor bytes: Int) {
    output.makeRoom(for: separator.count &+ bytes &+ 16)
    if followsKey {
      followsKey = false
    } else if hasMembers {
      output.put(separator)
    } else {
      beginMembers()
    }
  }

  @usableFromInline @inline(never)
  mutating func beginMembers() {
    if separator.breaksLines { output.putLine(blanks: 2 &* depth) }
    hasMembers = true
  }
}

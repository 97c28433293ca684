extension JSONWriter {
  public mutating func value(_ text: String) {
    let bytes = text.utf8.span
    separate(roomFor: bytes.count &+ 10)
    output.put(UInt8(ascii: "\""))
    bytes.withUnsafeBufferPointer { output.put(escaping: $0) }
    output.put(UInt8(ascii: "\""))
  }

  public mutating func value(_ number: Int) {
    separate(roomFor: 0)
    output.append(decimal: number)
  }

  /// Writes a number with at most that many decimals (0 to 9), rounded; null when it is not finite.
  public mutating func value(_ number: Double, decimals: Int) {
    separate(roomFor: 0)
    output.append(number, decimals: decimals)
  }

  public mutating func value(_ truth: Bool) {
    separate(roomFor: 0)
    output.append(literal: truth ? "true" : "false")
  }

  public mutating func null() {
    separate(roomFor: 0)
    output.append(literal: "null")
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

  // MARK: A text in pieces

  /// Begins a text value that is written in pieces, without joining them first.
  public mutating func beginText() {
    separate(roomFor: 1)
    output.put(UInt8(ascii: "\""))
  }

  public mutating func text(_ piece: String) { text(utf8: piece.utf8.span) }

  public mutating func text(_ number: Int) { output.append(decimal: number) }

  /// Writes a piece that is well-formed UTF-8.
  public mutating func text(utf8 piece: Span<UInt8>) {
    output.makeRoom(for: piece.count &+ 8)
    piece.withUnsafeBufferPointer { output.put(escaping: $0) }
  }

  /// Writes a piece that needs no escape: letters, digits and the like.
  @inlinable @inline(__always)
  public mutating func text(literal piece: StaticString) {
    output.makeRoom(for: piece.utf8CodeUnitCount)
    output.put(piece.utf8Start, count: piece.utf8CodeUnitCount)
  }

  /// Writes a piece that is ASCII; where it is not, writes nothing and returns false.
  public mutating func text(ifASCII piece: Span<UInt8>) -> Bool {
    let start = output.count
    output.makeRoom(for: piece.count &+ 8)
    let isASCII = piece.withUnsafeBufferPointer { output.put(escapingASCII: $0) }
    if !isASCII { output.truncate(to: start) }
    return isASCII
  }

  public mutating func endText() {
    output.makeRoom(for: 1)
    output.put(UInt8(ascii: "\""))
  }
}

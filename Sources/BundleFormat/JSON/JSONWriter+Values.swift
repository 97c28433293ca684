extension JSONWriter {
  public mutating func value(_ text: String) {
    separate(roomFor: 1)
    output.put(UInt8(ascii: "\""))
    output.append(escaping: text)
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

  public mutating func text(_ piece: String) { output.append(escaping: piece) }

  public mutating func text(_ piece: Substring) { output.append(escaping: piece) }

  public mutating func text(_ number: Int) { output.append(decimal: number) }

  /// Writes a piece that is well-formed UTF-8.
  public mutating func text(utf8 piece: ArraySlice<UInt8>) {
    piece.withUnsafeBufferPointer { output.append(escaping: $0) }
  }

  /// Writes a piece that is ASCII; where it is not, writes nothing and returns false.
  public mutating func text(ifASCII piece: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = output.count
    if output.append(escaping: piece, isASCIIOnly: true) { return true }
    output.truncate(to: start)
    return false
  }

  public mutating func endText() {
    output.makeRoom(for: 1)
    output.put(UInt8(ascii: "\""))
  }
}

extension ByteBuffer {
  /// Appends text as what stands between the quotes, and leaves room for a byte.
  mutating func append(escaping text: some StringProtocol) {
    let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { append(escaping: $0) }
    if isDone == nil { Array(text.utf8).withUnsafeBufferPointer { append(escaping: $0) } }
  }
}

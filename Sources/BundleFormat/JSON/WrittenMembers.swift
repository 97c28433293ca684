/// Reads an object's members in the very form in which ``JSONWriter`` writes them on one line.
///
/// A big node's bundle has 10,000 results in its last entry: what stands between two values is one
/// comparison. Anything else, be it as good JSON, is not taken, and ``JSONScanner`` reads the object.
struct WrittenMembers {
  private let bytes: UnsafeRawBufferPointer
  private(set) var position: Int

  /// - Parameter start: Where the object's first key stands.
  init(_ bytes: UnsafeRawBufferPointer, from start: Int) {
    self.bytes = bytes
    position = start
  }

  /// Takes a text if it comes next.
  mutating func takes(_ text: StaticString) -> Bool {
    guard bytes.hasText(text, at: position) else { return false }
    position += text.utf8CodeUnitCount
    return true
  }

  /// Takes the rest of a string, whose opening quote was taken, and its closing quote; nil, with nothing
  /// taken, when it is not plain ASCII without escapes.
  mutating func text() -> String? {
    plainBytes().map { String(decoding: $0, as: UTF8.self) }
  }

  /// Takes the same, and says whether it was taken.
  mutating func skipsText() -> Bool { plainBytes() != nil }

  /// Takes a string that is a hash; nil, with nothing taken, for any other.
  mutating func digest() -> Digest? {
    let end = position + 64
    guard end < bytes.count, bytes[end] == UInt8(ascii: "\""),
      let digest = Digest(hex: UnsafeRawBufferPointer(rebasing: bytes[position..<end]))
    else { return nil }
    position = end + 1
    return digest
  }

  private mutating func plainBytes() -> UnsafeRawBufferPointer? {
    let end = bytes.firstOfJSONSyntax(from: position, to: bytes.count)
    guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return nil }
    defer { position = end + 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<end])
  }

  /// Takes a number of at most 15 digits; nil, with nothing taken, for another value.
  mutating func number() -> Int? {
    var end = position
    var value = 0
    while end < bytes.count, end - position < 16 {
      let digit = bytes[end] &- UInt8(ascii: "0")
      if digit > 9 { break }
      value = value &* 10 &+ Int(digit)
      end += 1
    }
    // A leading zero, a fraction and an exponent are the scanner's.
    guard end > position, end - position < 16, end < bytes.count,
      bytes[end] == UInt8(ascii: ",") || bytes[end] == UInt8(ascii: "}"),
      bytes[position] != UInt8(ascii: "0") || end == position + 1
    else { return nil }
    position = end
    return value
  }
}

extension UnsafeRawBufferPointer {
  /// Whether that text stands at a position, which is at most the count.
  func hasText(_ text: StaticString, at position: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard length <= count - position else { return false }
    let expected = UnsafeRawPointer(text.utf8Start)
    func hasWord(at offset: Int) -> Bool {
      loadUnaligned(fromByteOffset: position + offset, as: UInt64.self)
        == expected.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }
    if length < 8 {
      for offset in 0..<length
      where self[position + offset] != expected.load(fromByteOffset: offset, as: UInt8.self) {
        return false
      }
      return true
    }
    // Word by word; the last one may lie over the one before.
    var offset = 0
    while offset + 8 < length {
      if !hasWord(at: offset) { return false }
      offset += 8
    }
    return hasWord(at: length - 8)
  }
}

extension JSONScanner {
  /// Takes the object that has begun, if it is in the written form; the scanner goes on behind it.
  ///
  /// - Parameter body: Takes all members and the closing brace, or returns false when the scanner is to
  ///   read them instead.
  mutating func takesWrittenObject(
    _ body: (inout WrittenMembers) -> Bool
  ) throws(JSONError) -> Bool {
    guard expectation == .keyOrEnd else { return false }
    let behind: Int? = bytes.withUnsafeBytes { bytes in
      let part = UnsafeRawBufferPointer(rebasing: bytes[..<end])
      var members = WrittenMembers(part, from: position)
      return body(&members) ? members.position : nil
    }
    guard let behind else { return false }
    position = behind - 1
    return try next() == .endObject
  }
}

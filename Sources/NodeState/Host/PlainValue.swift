/// A value that stands on its line as it is: a text without an escape, a whole number, or a word.
struct PlainValue {
  /// What a text holds; nothing for another value.
  let text: Range<Int>
  let end: Int
  let isText: Bool

  /// Reads the value at a position; nil for one that is not plain.
  init?(at start: Int, in bytes: Span<UInt8>) {
    guard start < bytes.count else { return nil }
    let rest = start..<bytes.count
    isText = bytes[start] == UInt8(ascii: "\"")
    switch bytes[start] {
    case UInt8(ascii: "\""):
      let end = bytes.firstOutsideText(from: start + 1)
      guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return nil }
      (text, self.end) = ((start + 1)..<end, end + 1)
      return
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      var end = start
      while end < bytes.count, bytes[end].isDigit { end += 1 }
      guard end - start == 1 || bytes[start] != UInt8(ascii: "0") else { return nil }
      self.end = end
    case UInt8(ascii: "f"):
      guard bytes.starts(rest, with: "false") else { return nil }
      end = start + 5
    case UInt8(ascii: "t"):
      guard bytes.starts(rest, with: "true") else { return nil }
      end = start + 4
    default:
      guard bytes.starts(rest, with: "null") else { return nil }
      end = start + 4
    }
    text = start..<start
  }
}

/// Reading by expectation: what is of another kind is skipped, so that a reader of a newer document's
/// known members goes on.
extension JSONScanner {
  /// Reads the next value; nil when it is no string.
  public mutating func nextText() throws(JSONError) -> String? {
    guard try nextIs(.string) else { return nil }
    return text
  }

  /// Reads the next value; nil when it is no integer.
  public mutating func nextInteger() throws(JSONError) -> Int? {
    guard try nextIs(.number) else { return nil }
    return integer
  }

  /// Reads the next value as an array; nil when it is none or holds anything but strings.
  public mutating func nextTexts() throws(JSONError) -> [String]? {
    guard try nextIs(.beginArray) else { return nil }
    var texts: [String] = []
    var isWhole = true
    while true {
      switch try next() {
      case .string: texts.append(text)
      case .endArray: return isWhole ? texts : nil
      case .beginObject, .beginArray:
        isWhole = false
        try skipContainer()
      default: isWhole = false
      }
    }
  }

  /// Reads the next token and says whether it is that one; a container of another kind is skipped.
  public mutating func nextIs(_ expected: Token) throws(JSONError) -> Bool {
    let token = try next()
    if token == expected { return true }
    if token == .beginObject || token == .beginArray { try skipContainer() }
    return false
  }

  /// Calls the body after each object of an array that comes next has begun; the body reads it to its end.
  public mutating func forEachObject(
    _ body: (inout JSONScanner) throws(JSONError) -> Void
  ) throws(JSONError) {
    guard try nextIs(.beginArray) else { return }
    while true {
      switch try next() {
      case .beginObject: try body(&self)
      case .beginArray: try skipContainer()
      case .endArray: return
      default: continue
      }
    }
  }
}

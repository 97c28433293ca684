/// A pattern in which `*` stands for any text and `?` for one character; all else is itself.
public struct Glob: Hashable, Sendable {
  public let pattern: String

  public init(_ pattern: String) { self.pattern = pattern }

  /// Whether the pattern describes the whole text.
  public func matches(_ text: String) -> Bool {
    let pattern = Array(pattern.unicodeScalars)
    let text = Array(text.unicodeScalars)
    var (at, star) = (0, Int?.none)
    var (position, retry) = (0, 0)
    while position < text.count {
      if at < pattern.count, pattern[at] == "*" {
        (star, retry) = (at, position)
        at += 1
      } else if at < pattern.count, pattern[at] == "?" || pattern[at] == text[position] {
        at += 1
        position += 1
      } else if let back = star {
        // The last star takes one character more.
        at = back + 1
        retry += 1
        position = retry
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy { $0 == "*" }
  }
}

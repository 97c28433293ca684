import NodeState

/// Finds what one reading says of what the other reading has, both in about the same order.
///
/// What follows the last find is looked at first: a table of all names is made only when a name is not
/// found there.
struct ReadingPairing<Element> {
  private let elements: [Element]
  private let name: (Element) -> String
  private var next = 0
  private var positions: [String: Int]?

  init(_ elements: [Element], by name: @escaping (Element) -> String) {
    self.elements = elements
    self.name = name
  }

  /// Returns the first element of that name; nil when there is none.
  mutating func element(named wanted: String) -> Element? {
    if positions == nil {
      // The last find again, then what follows it: some may be gone or new in between.
      for position in Swift.max(next - 1, 0)..<Swift.min(next + 4, elements.count)
      where name(elements[position]) == wanted {
        next = position + 1
        return elements[position]
      }
      positions = Dictionary(
        elements.enumerated().map { (name($1), $0) }, uniquingKeysWith: { first, _ in first })
    }
    return positions?[wanted].map { elements[$0] }
  }
}

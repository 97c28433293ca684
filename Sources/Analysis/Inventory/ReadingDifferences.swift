extension Array where Element: AnyObject {
  /// Returns what only this reading has, and what only another one has, each in its order: what both say
  /// the same of is one object in both, and once in each.
  ///
  /// Both are walked side by side. What is not met there lies elsewhere in the other, or nowhere.
  func differences(from others: [Element]) -> (mine: [Element], others: [Element]) {
    var (mine, theirs): ([Element], [Element]) = ([], [])
    var (position, other) = (0, 0)
    while position < count, other < others.count {
      if self[position] === others[other] {
        position += 1
        other += 1
      } else if let more = next(others[other], from: position) {
        mine += self[position..<more]
        position = more
      } else if let more = others.next(self[position], from: other) {
        theirs += others[other..<more]
        other = more
      } else {
        mine.append(self[position])
        theirs.append(others[other])
        position += 1
        other += 1
      }
    }
    mine += self[position...]
    theirs += others[other...]
    if mine.isEmpty || theirs.isEmpty { return (mine, theirs) }
    let (known, met) = (
      Set(theirs.map(ObjectIdentifier.init)), Set(mine.map(ObjectIdentifier.init))
    )
    return (
      mine.filter { !known.contains(ObjectIdentifier($0)) },
      theirs.filter { !met.contains(ObjectIdentifier($0)) }
    )
  }

  /// Finds an element among the next few behind a position.
  private func next(_ element: Element, from position: Int) -> Int? {
    (position..<Swift.min(position + 8, count)).dropFirst().first { self[$0] === element }
  }
}

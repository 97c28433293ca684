/// Which of some marks stands next in a text.
///
/// Each is searched for anew only behind where it stood: one that a long text lacks is looked for once.
struct NextMark<Index: Comparable> {
  private enum Place {
    case unknown
    case found(Range<Index>)
    case none
  }

  private var places: [Place]

  init(of count: Int) { places = Array(repeating: .unknown, count: count) }

  /// Returns the mark that stands first from a place on; of two at one place the one with the lower number.
  ///
  /// - Parameters:
  ///   - start: Not before the last one that was given.
  ///   - find: Returns where a mark, by its number, first stands from `start` on.
  mutating func next(
    from start: Index, _ find: (Int) -> Range<Index>?
  ) -> (mark: Int, range: Range<Index>)? {
    var first: (mark: Int, range: Range<Index>)?
    for mark in places.indices {
      switch places[mark] {
      case .none: continue
      case .found(let range) where range.lowerBound >= start: break
      case .found, .unknown: places[mark] = find(mark).map { .found($0) } ?? .none
      }
      guard case .found(let range) = places[mark] else { continue }
      if first.map({ range.lowerBound < $0.range.lowerBound }) ?? true { first = (mark, range) }
    }
    return first
  }
}

/// Lists by dense numbers from 0, all in one array: thousands of lists of one element cost little.
struct Chains<Element: Sendable>: Sendable {
  private struct Ends {
    var first: Int32 = -1
    var last: Int32 = -1
  }

  private struct Link {
    let element: Element
    var next: Int32 = -1
  }

  private var ends: [Ends] = []
  private var links: [Link] = []

  mutating func reserveCapacity(_ capacity: Int) {
    ends.reserveCapacity(capacity)
    links.reserveCapacity(capacity)
  }

  /// Appends an element to the list of a number.
  mutating func append(_ element: Element, to list: Int) {
    while ends.count <= list { ends.append(Ends()) }
    let position = Int32(truncatingIfNeeded: links.count)
    links.append(Link(element: element))
    if ends[list].last >= 0 {
      links[Int(ends[list].last)].next = position
    } else {
      ends[list].first = position
    }
    ends[list].last = position
  }

  /// Appends the elements of a number's list, in their order, to an array.
  func find(_ list: Int, into found: inout [Element]) {
    guard list < ends.count, ends[list].first >= 0 else { return }
    var next = ends[list].first
    // Mostly it is the only one.
    if found.isEmpty, next == ends[list].last {
      found = [links[Int(next)].element]
      return
    }
    while next >= 0 {
      found.append(links[Int(next)].element)
      next = links[Int(next)].next
    }
  }

  /// Returns the elements of a number's list; none for a number without one.
  func list(_ list: Int) -> [Element] {
    var found: [Element] = []
    find(list, into: &found)
    return found
  }
}

/// Sectors of one device, as runs in their order that neither overlap nor touch.
struct SectorSet {
  let runs: [Range<Int>]

  /// Joins runs that overlap or follow each other.
  init(_ runs: [Range<Int>]) {
    var joined: [Range<Int>] = []
    for run in runs.filter({ !$0.isEmpty }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = joined.last, run.lowerBound <= last.upperBound {
        joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, run.upperBound)
      } else {
        joined.append(run)
      }
    }
    self.runs = joined
  }

  /// What both have.
  func intersection(_ other: SectorSet) -> SectorSet {
    var shared: [Range<Int>] = []
    var (mine, theirs) = (0, 0)
    while mine < runs.count, theirs < other.runs.count {
      let (one, two) = (runs[mine], other.runs[theirs])
      if one.overlaps(two) { shared.append(one.clamped(to: two)) }
      if one.upperBound < two.upperBound { mine += 1 } else { theirs += 1 }
    }
    return SectorSet(shared)
  }

  /// What one of the two has and the other has not.
  func symmetricDifference(_ other: SectorSet) -> SectorSet {
    let shared = intersection(other)
    return SectorSet((subtracting(shared).runs + other.subtracting(shared).runs))
  }

  /// What is left without the other's sectors.
  func subtracting(_ other: SectorSet) -> SectorSet {
    var rest: [Range<Int>] = []
    var theirs = 0
    for run in runs {
      var start = run.lowerBound
      while theirs < other.runs.count, other.runs[theirs].upperBound <= start { theirs += 1 }
      var next = theirs
      while next < other.runs.count, other.runs[next].lowerBound < run.upperBound {
        let hole = other.runs[next]
        if hole.lowerBound > start { rest.append(start..<hole.lowerBound) }
        start = max(start, hole.upperBound)
        next += 1
      }
      if start < run.upperBound { rest.append(start..<run.upperBound) }
    }
    return SectorSet(rest)
  }
}

import BundleFormat
import NodeState

/// Which mappings are stacked on which, by the kernel's dependencies and never by names.
struct MappingStack: Sendable {
  /// The positions of each mapping's kpartx partitions.
  let partitions: [Int: [Int]]
  private let below: [[Int]]
  private let parents: [Int: Int]

  init(_ mappings: [Mapping], positions: DevicePositions) {
    below = mappings.map { mapping in mapping.dependencies.compactMap { positions[$0] } }
    var partitions: [Int: [Int]] = [:]
    var parents: [Int: Int] = [:]
    for (position, mapping) in mappings.enumerated() {
      guard case .partition(_, let parent)? = mapping.uuid?.origin else { continue }
      for lower in below[position] where mappings[lower].uuid?.description == parent {
        partitions[lower, default: []].append(position)
        parents[position] = lower
      }
    }
    self.partitions = partitions
    self.parents = parents
  }

  /// Whether one of two mappings lies on the other, or both are partitions of one: an extended
  /// partition holds its logical ones.
  func isRelated(_ one: Int, _ other: Int) -> Bool {
    if let parent = parents[one], parent == parents[other] { return true }
    return everythingBelow(one).contains(other) || everythingBelow(other).contains(one)
  }

  /// Every mapping that `position` lies on, however deep.
  func everythingBelow(_ position: Int) -> Set<Int> {
    var seen: Set<Int> = []
    var open = below[position]
    while let next = open.popLast() {
      if seen.insert(next).inserted { open += below[next] }
    }
    return seen
  }
}

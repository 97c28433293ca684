import BundleFormat
import NodeState

/// Which mappings are stacked on which, by the kernel's dependencies and never by names.
struct MappingStack: Sendable {
  /// The positions of each mapping's kpartx partitions.
  let partitions: [[Int]]
  private let parents: [Int: Int]
  /// Of the mappings that have partitions.
  private let ownOpenCounts: [Int: Int]
  private let mappings: [Mapping]
  private let positions: DevicePositions

  init(_ mappings: [Mapping], _ special: SpecialMappings, positions: DevicePositions) {
    self.mappings = mappings
    self.positions = positions
    var partitions: [[Int]] = Array(repeating: [], count: mappings.count)
    var parents: [Int: Int] = [:]
    for partition in special.partitions {
      let mapping = mappings[partition.position]
      // Without its table, its uuid alone says whose it is.
      let isKnown = !mapping.dependencies.isEmpty || mapping.table.value != nil
      let below =
        isKnown
        ? mapping.dependencies.compactMap { positions[$0] }
        : mappings.indices.filter { mappings[$0].uuid?.description == partition.parent }
      for lower in below where mappings[lower].uuid?.description == partition.parent {
        partitions[lower].append(partition.position)
        parents[partition.position] = lower
      }
    }
    self.partitions = partitions
    self.parents = parents
    ownOpenCounts = Self.ownOpenCounts(mappings, partitions)
  }

  /// How often a mapping is open, its closed partitions left out.
  func ownOpenCount(of position: Int) -> Int {
    ownOpenCounts[position] ?? max(0, mappings[position].openCount)
  }

  /// A partition may itself be partitioned. Of those that go deeper, or in a forged circle, what is further down
  /// counts as open.
  private static func ownOpenCounts(_ mappings: [Mapping], _ partitions: [[Int]]) -> [Int: Int] {
    let whole = partitions.indices.filter { !partitions[$0].isEmpty }
    var counts: [Int: Int] = [:]
    for position in whole { counts[position] = max(0, mappings[position].openCount) }
    for _ in 0..<partitionDepth {
      let below = counts
      for position in whole {
        let closed = partitions[position].count {
          (below[$0] ?? max(0, mappings[$0].openCount)) == 0
        }
        counts[position] = max(0, mappings[position].openCount - closed)
      }
      if counts == below { break }
    }
    return counts
  }

  /// How deep partitions of partitions are followed; real ones are two deep.
  private static let partitionDepth = 9

  /// The mappings that a mapping lies on.
  private func below(_ position: Int) -> [Int] {
    mappings[position].dependencies.compactMap { positions[$0] }
  }

  /// Whether one of two mappings lies on the other, or both are partitions of one: an extended
  /// partition holds its logical ones.
  ///
  /// - Parameter known: What was found before lies below which mapping; asked for many pairs.
  func isRelated(_ one: Int, _ other: Int, _ known: inout [Int: Set<Int>]) -> Bool {
    if let parent = parents[one], parent == parents[other] { return true }
    return lies(one, on: other, &known) || lies(other, on: one, &known)
  }

  /// How many mappings are looked at below one: real stacks are a few deep, a forged one as the list is long.
  /// Of two that are related further down it is said that they share blocks, which offers nothing.
  private static let depthLimit = 256

  private func lies(_ one: Int, on other: Int, _ known: inout [Int: Set<Int>]) -> Bool {
    if let all = known[one] { return all.contains(other) }
    let lower = below(one)
    // Nearly every mapping lies on disks alone.
    if lower.isEmpty { return false }
    let all = everythingBelow(lower)
    known[one] = all
    return all.contains(other)
  }

  /// Some mappings and every one that these lie on, as far as is looked.
  private func everythingBelow(_ lower: [Int]) -> Set<Int> {
    var seen: Set<Int> = []
    var open = lower
    while seen.count < Self.depthLimit, let next = open.popLast() {
      if seen.insert(next).inserted { open += below(next) }
    }
    return seen
  }

  /// Tells of each mapping whether it may lie on a volume's public device, however deep; true as well where
  /// that is not known at once, as in a ring that only a forged list has.
  func mayLieOnVolumes() -> [Bool] {
    var answers: [Answer] = Array(repeating: .unasked, count: mappings.count)
    for position in mappings.indices where answers[position] == .unasked {
      let devices = mappings[position].dependencies
      if devices.count == 1, let known = answerAtOnce(devices[0], answers) {
        answers[position] = known
      } else {
        answer(position, &answers)
      }
    }
    return answers.map { $0 != .no }
  }

  private enum Answer: UInt8 { case unasked, asking, no, yes }

  /// Answers for a mapping on one device, where the device is no mapping or is answered for; nil otherwise.
  private func answerAtOnce(_ device: DeviceNumber, _ answers: [Answer]) -> Answer? {
    guard let lower = positions[device] else { return .no }
    guard answers[lower] == .no || answers[lower] == .yes else { return nil }
    return answers[lower] == .yes || mappings[lower].uuid?.publicVolume != nil ? .yes : .no
  }

  /// Answers for a mapping once all those below it are answered for.
  private func answer(_ start: Int, _ answers: inout [Answer]) {
    var open = [start]
    while let position = open.last {
      let lower = below(position)
      if answers[position] == .unasked {
        answers[position] = .asking
        let further = lower.filter { answers[$0] == .unasked }
        if !further.isEmpty {
          open += further
          continue
        }
      }
      open.removeLast()
      guard answers[position] == .asking else { continue }
      let isOnVolume = lower.contains {
        answers[$0] != .no || mappings[$0].uuid?.publicVolume != nil
      }
      answers[position] = isOnVolume ? .yes : .no
    }
  }
}

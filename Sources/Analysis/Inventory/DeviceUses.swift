import NodeState

/// Which processes, mounts and swaps use each mapping, found by the mapping's position.
struct DeviceUses: Sendable {
  private let users: [DeviceUser]
  private let positions: DevicePositions
  /// The first user of each mapping, as a position among the users; -1 for none.
  private var firsts: [Int32]
  private var counts: [Int32]

  init(_ users: [DeviceUser], of mappings: Int, _ positions: DevicePositions) {
    self.users = users
    self.positions = positions
    firsts = Array(repeating: -1, count: mappings)
    counts = Array(repeating: 0, count: mappings)
    for number in users.indices {
      guard let position = positions[users.span[number].device] else { continue }
      if firsts[position] < 0 { firsts[position] = Int32(truncatingIfNeeded: number) }
      counts[position] += 1
    }
  }

  /// Whether anybody is known to use a mapping.
  func has(_ device: DeviceNumber) -> Bool { positions[device].map { firsts[$0] >= 0 } ?? false }

  /// All users of a mapping.
  func users(of device: DeviceNumber) -> [DeviceUser] {
    guard let position = positions[device], firsts[position] >= 0 else { return [] }
    // They mostly follow each other.
    return Array(
      users[Int(firsts[position])...].lazy.filter { $0.device == device }
        .prefix(Int(counts[position])))
  }

  /// The first user of a mapping, and how many there are; nil where none is known.
  subscript(device: DeviceNumber) -> (first: DeviceUser, count: Int)? {
    guard let position = positions[device], firsts[position] >= 0 else { return nil }
    return (users[Int(firsts[position])], Int(counts[position]))
  }
}

import BundleFormat
import NodeState

/// Guests' configurations of all nodes, found by guest.
struct ConfigurationIndex: Sendable {
  /// In the order of guests; those of one guest as the snapshot has them.
  private let configurations: [GuestConfiguration]

  init(_ configurations: [GuestConfiguration]) {
    let isSorted = configurations.indices.dropFirst().allSatisfy {
      configurations[$0 - 1].id <= configurations[$0].id
    }
    self.configurations =
      isSorted
      ? configurations
      : configurations.enumerated()
        .sorted { ($0.element.id, $0.offset) < ($1.element.id, $1.offset) }.map(\.element)
  }

  /// How many guests have a configuration.
  var guestCount: Int {
    configurations.indices.count { $0 == 0 || configurations[$0 - 1].id != configurations[$0].id }
  }

  /// The configurations of a guest; empty for one without.
  subscript(guest: GuestID) -> ArraySlice<GuestConfiguration> {
    var (start, end) = (0, configurations.count)
    while start < end {
      let middle = start + (end - start) / 2
      if configurations[middle].id < guest { start = middle + 1 } else { end = middle }
    }
    while end < configurations.count, configurations[end].id == guest { end += 1 }
    return configurations[start..<end]
  }

  /// Whether other nodes have guests, too.
  func hasOthers(than node: String) -> Bool { configurations.haveOthers(than: node) }

  /// All configurations, in the order of guests.
  var all: [GuestConfiguration] { configurations }
}

extension [GuestConfiguration] {
  /// Whether any is another node's.
  func haveOthers(than node: String) -> Bool { contains { $0.node != node } }
}

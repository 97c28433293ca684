import BundleFormat
import NodeState

/// Whether the list of guests, their configurations and their states are complete.
enum InventoryTrust {
  /// Says why the inventory is not trusted; nil when it is.
  ///
  /// An empty `/etc/pve` is what a stopped pmxcfs leaves: "no guests" is believed only when pmxcfs
  /// itself says so.
  static func distrust(of snapshot: NodeSnapshot, unresolvedPaths: [String]) -> String? {
    let gaps = [
      snapshot.guestList.gap, snapshot.membership.gap, snapshot.first.configurations.gap,
      snapshot.storages.gap, snapshot.first.machines.gap, snapshot.first.containers.gap,
    ]
    if let gap = gaps.compactMap({ $0 }).first { return gap.description }
    let found = Set(
      (snapshot.first.configurations.value ?? []).map {
        GuestList.Entry(id: $0.id, node: $0.node, kind: $0.kind)
      })
    for guest in snapshot.guestList.value?.guests ?? [] where !found.contains(guest) {
      return "the configuration of guest \(guest.id) on \(guest.node) is missing"
    }
    if let damaged = damagedConfiguration(in: snapshot.bundle) {
      return "\(damaged) could not be read"
    }
    if let path = unresolvedPaths.first, isUnread(.devLinks, in: snapshot.bundle) {
      return "a configuration names \(path), and where it leads was not collected"
    }
    return nil
  }

  /// A configuration that was found but not read whole.
  private static func damagedConfiguration(in bundle: NodeBundle) -> String? {
    for position in bundle.positions(of: .guestConfigs) {
      let entry = bundle.entries[position]
      if entry.result.status != .collected || !entry.isIntact { return entry.result.planned.path }
    }
    return nil
  }

  /// Whether a source was asked for in vain; one that the node doesn't have is no gap.
  static func isUnread(_ source: SourceID, in bundle: NodeBundle) -> Bool {
    guard let entry = bundle.entry(of: source) else { return true }
    return entry.result.status != .missing
      && (entry.result.status != .collected || !entry.isIntact)
  }
}

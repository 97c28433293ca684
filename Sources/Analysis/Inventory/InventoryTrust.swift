import BundleFormat
import NodeState

/// Whether the list of guests, their configurations and their states are complete.
enum InventoryTrust {
  /// Says why the inventory is not trusted; nil when it is.
  ///
  /// An empty `/etc/pve` is what a stopped pmxcfs leaves: "no guests" is believed only when pmxcfs
  /// itself says so.
  static func distrust(
    of snapshot: NodeSnapshot, _ references: ReferenceIndex, _ configurations: ConfigurationIndex,
    _ groupNames: GroupNames
  ) -> String? {
    if let group = groupNames.excessive {
      return "the mappings of one group have more names for it than anybody gives, such as \(group)"
    }
    let manifest = snapshot.bundle.manifest
    if let name = snapshot.membership.value?.nodeName, name != manifest.node.name {
      return "pmxcfs calls the node \(name), the manifest \(manifest.node.name)"
    }
    let gaps = [
      snapshot.guestList.gap, snapshot.membership.gap, snapshot.first.configurations.gap,
      snapshot.storages.gap, snapshot.first.machines.gap, snapshot.first.containers.gap,
    ]
    if let gap = gaps.compactMap({ $0 }).first { return gap.description }
    for guest in snapshot.guestList.value?.guests ?? [] {
      let found = configurations[guest.id]
      if found.isEmpty {
        return "the configuration of guest \(guest.id) on \(guest.node) is missing"
      }
      // A guest that moved while its configurations were read has been seen on both nodes.
      if !found.contains(where: { $0.node == guest.node && $0.kind == guest.kind }) {
        return
          ".vmlist has the \(guest.kind.noun) \(guest.id) on "
          + "\(guest.node), its configuration is \(found[found.startIndex].path)"
      }
    }
    if snapshot.guestList.value?.guests.isEmpty == true,
      let configuration = snapshot.first.configurations.value?.first
    {
      return ".vmlist has no guest, yet there is \(configuration.path)"
    }
    if let unread = snapshot.first.unreadConfigurations.first {
      return "\(unread.path) could not be read: \(unread.reason)"
    }
    if let path = references.uncollectedPaths.first {
      return "a configuration names \(path), and where links of that folder lead was not collected"
    }
    if let path = references.unresolvedPaths.first, !references.paths.areRead {
      return "a configuration names \(path), and where it leads was not collected"
    }
    return nil
  }

  /// Whether a source was asked for in vain; one that the node doesn't have is no gap.
  static func isUnread(_ source: SourceID, in bundle: NodeBundle) -> Bool {
    bundle.entry(of: source).map(isUnread) ?? true
  }

  static func isUnread(_ entry: BundleEntry) -> Bool {
    entry.result.status != .missing && (entry.result.status != .collected || !entry.isIntact)
  }
}

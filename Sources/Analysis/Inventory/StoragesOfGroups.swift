import NodeState

/// The storages of this node by the groups and thin pools that they are on.
struct StoragesOfGroups: Sendable {
  /// Storages, by id, that a volume may belong to.
  struct Choice: Sendable {
    let storages: [Storage]
    /// Whether they say that the volume is on other nodes, too; without any, other nodes' storages do.
    let isShared: Bool
    /// Whether any storage of the group says so, of whatever node, by whatever name the group has.
    let mayBeShared: Bool

    fileprivate init(_ storages: [Storage], isShared: Bool, mayBeShared: Bool) {
      self.storages = storages
      self.isShared = isShared
      self.mayBeShared = mayBeShared
    }

    /// Returns the same with a list of its own.
    func copy() -> Choice {
      storages.isEmpty
        ? self : Choice(storages.map { $0 }, isShared: isShared, mayBeShared: mayBeShared)
    }
  }

  private struct Group: Sendable {
    /// For a thin volume of a pool that no storage has.
    let anyThin: Choice
    let thick: Choice
    var thin: [String: Choice] = [:]
  }

  private let groups: [String: Group]
  /// The groups of shared storages, also of those that are limited to other nodes.
  private let sharedGroups: Set<String>
  /// These by all names that they have.
  private let perhapsShared: Set<String>

  init(_ storages: [Storage], nodeName: String, names: GroupNames) {
    let sharedGroups = Set(storages.filter(\.isShared).compactMap(\.volumeGroup))
    let perhapsShared = names.all(of: sharedGroups)
    self.sharedGroups = sharedGroups
    self.perhapsShared = perhapsShared
    let here = storages.filter { storage in
      storage.volumeGroup != nil && storage.isOf(node: nodeName)
    }
    let named = Dictionary(grouping: here.sorted { $0.id < $1.id }) { $0.volumeGroup ?? "" }
    var groups: [String: Group] = [:]
    for (name, all) in named {
      // What another node's storage says of the same group makes it doubtful, and offers nothing here.
      let mayBeShared = perhapsShared.contains(name)
      func choice(_ fitting: [Storage], isThin: Bool = false) -> Choice {
        // A thin pool is one node's own, whatever else is in its group.
        Choice(
          fitting, isShared: !isThin && fitting.contains(where: \.isShared),
          mayBeShared: mayBeShared)
      }
      let thick = all.filter { $0.type == "lvm" }
      var group = Group(
        anyThin: choice(all, isThin: true), thick: choice(thick.isEmpty ? all : thick))
      for pool in Set(all.compactMap(\.thinPool)) {
        group.thin[pool] = choice(all.filter { $0.thinPool == pool }, isThin: true)
      }
      groups[name] = group
    }
    self.groups = groups
  }

  /// The storages of the group that fit a volume's kind: thin storages for thin volumes of their pool,
  /// thick ones for all others; all of the group's where none fits.
  func choice(of group: String, pool: String?) -> Choice {
    guard let found = groups[group] else { return none(of: group, isThin: pool != nil) }
    guard let pool else { return found.thick }
    return found.thin[pool] ?? found.anyThin
  }

  /// No storage; shared all the same where another node's storage of the group is.
  func none(of group: String?, isThin: Bool = false) -> Choice {
    guard let group else { return Choice([], isShared: false, mayBeShared: false) }
    return Choice(
      [], isShared: sharedGroups.contains(group) && !isThin,
      mayBeShared: perhapsShared.contains(group))
  }
}

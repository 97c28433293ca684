import NodeState

/// The storages of this node by the groups and thin pools that they are on.
struct StoragesOfGroups: Sendable {
  /// Storages, by id, that a volume may belong to.
  struct Choice: Sendable {
    let storages: [Storage]
    let isShared: Bool

    fileprivate init(_ storages: [Storage], isShared: Bool) {
      self.storages = storages
      self.isShared = isShared
    }

    /// Returns the same with a list of its own.
    func copy() -> Choice {
      storages.isEmpty ? self : Choice(storages.map { $0 }, isShared: isShared)
    }
  }

  private struct Group: Sendable {
    let all: Choice
    let thick: Choice
    var thin: [String: Choice] = [:]
  }

  private let groups: [String: Group]
  /// The groups of shared storages, also of those that are limited to other nodes.
  private let sharedGroups: Set<String>

  init(_ storages: [Storage], nodeName: String) {
    let sharedGroups = Set(storages.filter(\.isShared).compactMap(\.volumeGroup))
    self.sharedGroups = sharedGroups
    let here = storages.filter { storage in
      storage.volumeGroup != nil && storage.nodes?.contains(nodeName) ?? true
    }
    let named = Dictionary(grouping: here.sorted { $0.id < $1.id }) { $0.volumeGroup ?? "" }
    var groups: [String: Group] = [:]
    for (name, all) in named {
      // The group's volumes are on all nodes that a shared storage is for, whatever another storage says of
      // the same group here; but a thin pool is one node's own.
      let isShared = sharedGroups.contains(name)
      let thick = all.filter { $0.type == "lvm" }
      var group = Group(
        all: Choice(all, isShared: isShared),
        thick: Choice(thick.isEmpty ? all : thick, isShared: isShared))
      for pool in Set(all.compactMap(\.thinPool)) {
        let fitting = all.filter { $0.thinPool == pool }
        group.thin[pool] = Choice(fitting, isShared: fitting.contains(where: \.isShared))
      }
      groups[name] = group
    }
    self.groups = groups
  }

  /// The storages of the group that fit a volume's kind: thin storages for thin volumes of their pool,
  /// thick ones for all others; all of the group's where none fits.
  func choice(of group: String, pool: String?) -> Choice {
    guard let found = groups[group] else { return none(of: group) }
    guard let pool else { return found.thick }
    return found.thin[pool] ?? found.all
  }

  /// No storage; shared all the same where another node's storage of the group is.
  func none(of group: String?) -> Choice {
    Choice([], isShared: group.map(sharedGroups.contains) ?? false)
  }
}

import NodeState

/// The storages of this node by the groups and thin pools that they are on.
struct StoragesOfGroups: Sendable {
  /// Storages, by id, that a volume may belong to.
  struct Choice: Sendable {
    let storages: [Storage]
    let isShared: Bool

    fileprivate init(_ storages: [Storage]) {
      self.storages = storages
      isShared = storages.contains(where: \.isShared)
    }

    fileprivate init(withoutStorages isShared: Bool) {
      storages = []
      self.isShared = isShared
    }

    /// Returns the same with a list of its own.
    func copy() -> Choice { storages.isEmpty ? self : Choice(storages.map { $0 }) }
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
    sharedGroups = Set(storages.filter(\.isShared).compactMap(\.volumeGroup))
    let here = storages.filter { storage in
      storage.volumeGroup != nil && storage.nodes?.contains(nodeName) ?? true
    }
    groups = Dictionary(grouping: here.sorted { $0.id < $1.id }) { $0.volumeGroup ?? "" }
      .mapValues { all in
        func choice(_ fitting: [Storage]) -> Choice { Choice(fitting.isEmpty ? all : fitting) }
        var group = Group(all: Choice(all), thick: choice(all.filter { $0.type == "lvm" }))
        for pool in Set(all.compactMap(\.thinPool)) {
          group.thin[pool] = choice(all.filter { $0.thinPool == pool })
        }
        return group
      }
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
    Choice(withoutStorages: group.map(sharedGroups.contains) ?? false)
  }
}

import BundleFormat
import NodeState

/// The questions that several rules ask of a mapping.
extension MappingFacts {
  /// Counting references of this node's configurations.
  var referencesHere: [ResolvedReference] { references.filter { $0.counts && $0.isHere } }

  /// Mentions by this node's configurations.
  var mentionsHere: [ResolvedMention] { mentions.filter { $0.counts && $0.isHere } }

  /// References of other nodes to a volume of that name on their own local storage.
  var foreignReferences: [ResolvedReference] { references.filter { !$0.counts } }

  /// Where another node's configuration names a disk so, in whatever way, that should be its own; nil where
  /// none does.
  var foreignPlace: String? {
    foreignReferences.first?.place
      ?? mentions.first { !$0.counts }.map {
        "\($0.mention.place) of guest \($0.configuration.id) on \($0.configuration.node)"
      }
  }

  /// Another node that names it, and that the cluster does not have: this one, before it was renamed, or one that
  /// has left. Nil where there is none.
  func strangeNode(_ inventory: Inventory) -> String? {
    let known = Set(
      inventory.snapshot.membership.value?.cluster?.nodes ?? [inventory.nodeName])
    return foreignReferences.map(\.configuration.node).first { !known.contains($0) }
      ?? mentions.first { !$0.counts && !known.contains($0.configuration.node) }
      .map(\.configuration.node)
  }

  /// The first reference of a guest that runs on this node.
  var runningReference: ResolvedReference? {
    references.firstAttachedOrFirst { $0.counts && $0.isHere && $0.guestRuns }
  }

  /// Whether a guest that names the mapping, in whatever way, has a process here.
  var isNamedByRunningGuest: Bool {
    references.contains(where: \.guestHasProcess) || mentions.contains(where: \.guestHasProcess)
  }

  /// The group's name as it is or should be.
  var groupName: String {
    switch standing {
    case .known(let volume, _): volume.groupName
    case .ghost(let group): group.name
    case .groupAbsent, .unreadable, .notLVM: path?.group ?? ""
    }
  }

  /// "ssd-ha01 read in full, 9 volumes": what makes an absence a fact.
  var groupReading: String {
    switch standing {
    case .known(_, let group), .ghost(let group):
      let count = group.volumeCount ?? 0
      return "\(group.name) read in full, \(count) \(count == 1 ? "volume" : "volumes")"
    case .groupAbsent, .unreadable, .notLVM: return "\(groupName) not read"
    }
  }

  /// The line of `vgs` that the group stands in.
  var groupEvidence: [Evidence] {
    switch standing {
    case .known(_, let group), .ghost(let group): [Evidence(group.location, from: .vgs)]
    case .groupAbsent, .unreadable, .notLVM: []
    }
  }

  /// "it is not open", or how often it is.
  var openWords: String {
    isOpen ? "it is open (\(ownOpenCount))" : "it is not open"
  }
}

extension [ResolvedReference] {
  /// Returns the first attached one of those that are as asked, or else the first of them.
  func firstAttachedOrFirst(
    where isAsked: (ResolvedReference) -> Bool
  ) -> ResolvedReference? {
    var first: ResolvedReference?
    for reference in self where isAsked(reference) {
      if reference.isAttached { return reference }
      if first == nil { first = reference }
    }
    return first
  }
}

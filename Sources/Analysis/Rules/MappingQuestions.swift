import BundleFormat
import NodeState

/// The questions that several rules ask of a mapping.
extension MappingFacts {
  /// Counting references of this node's configurations.
  func referencesHere(_ inventory: Inventory) -> [ResolvedReference] {
    references.filter { $0.counts && $0.configuration.node == inventory.nodeName }
  }

  /// Counting references of other nodes' configurations: the storage is shared.
  func referencesElsewhere(_ inventory: Inventory) -> [ResolvedReference] {
    references.filter { $0.counts && $0.configuration.node != inventory.nodeName }
  }

  /// Mentions by this node's configurations.
  func mentionsHere(_ inventory: Inventory) -> [ResolvedMention] {
    mentions.filter { $0.counts && $0.configuration.node == inventory.nodeName }
  }

  /// References of other nodes to a volume of that name on their own local storage.
  var foreignReferences: [ResolvedReference] { references.filter { !$0.counts } }

  /// The first reference of a guest that runs on this node.
  func runningReference(_ inventory: Inventory) -> ResolvedReference? {
    let here = referencesHere(inventory).filter { inventory.guests.runs($0.configuration.id) }
    return here.first(where: \.isAttached) ?? here.first
  }

  /// Whether a guest that names the mapping, in whatever way, has a process here.
  func isNamedByRunningGuest(_ inventory: Inventory) -> Bool {
    references.contains { inventory.guests.hasProcess($0.configuration.id) }
      || mentions.contains { inventory.guests.hasProcess($0.configuration.id) }
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

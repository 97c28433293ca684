import BundleFormat
import NodeState

extension Aspect {
  /// How it is where the aspect is not there: a clause that follows "no, ".
  func opposite(in facts: MappingFacts, _ inventory: Inventory) -> String {
    switch self {
    case .layered: "its uuid is no inner layer's"
    case .partition: "its uuid is no partition's"
    case .multipath: "its uuid is no multipath map's"
    case .crypt: "its uuid is not dm-crypt's"
    case .notNamedLikeDisk:
      facts.guestName.map { "it is named like a disk of guest \($0.guest)" } ?? "its uuid is LVM's"
    case .onGuestDisk: "it does not lie on a guest's disk"
    case .withoutUUID: "it has a uuid"
    case .known, .ghost, .groupAbsent, .confirmed, .otherName: standing(of: facts)
    case .namesake: "no living volume has its name"
    case .noNamesake:
      facts.namesake.map { "the living volume \($0.groupName)/\($0.name) has its name" } ?? ""
    case .open, .notOpen: facts.openWords
    case .named: "no configuration names it"
    case .notNamed, .unreferenced: naming(of: facts)
    case .notNamedElsewhere: facts.foreignPlace.map { "\($0) names it" } ?? ""
    case .foreignReference: "no other node has a disk of this name on its own storage"
    case .noForeignReference:
      facts.foreignReferences.first.map { "\($0.place) has a disk of this name on its own storage" }
        ?? ""
    case .mentioned: "no text of a configuration names it"
    case .thin: "it is no thin volume"
    case .thick: "it is a thin volume"
    case .shared: "no shared storage has its group"
    case .local, .unmanaged: storageWords(of: facts)
    case .managed: "no storage of this node has its group"
    case .runningReference: "no guest that runs here names it"
    case .attachedToRunning: "the running guest that names it does not have it attached"
    case .stoppedReference:
      facts.referencesHere.isEmpty
        ? "no guest of this node names it" : "a guest that names it runs here"
    case .movedReference:
      facts.referencesHere.isEmpty
        ? "no guest of another node has it" : "a guest of this node has it"
    case .wiping: "it is not named del-…, as a disk is while it is wiped"
    case .fleecing: "it is not named like a fleecing image"
    case .snapshot, .chainSnapshot: "it is not named like such a snapshot"
    case .lengthDiffers, .extentsDiffer: comparison(of: facts)
    case .suspended: "it has a live table and is not suspended"
    case .overlapped: "no other mapping reaches its blocks"
    case .sameThinDevice: "no other mapping is the same thin device"
    case .otherwise(let words): words
    }
  }

  private func standing(of facts: MappingFacts) -> String {
    switch facts.standing {
    case .known(let volume, _):
      if volume.mappingName != facts.mapping.name {
        return "LVM calls the volume \(volume.groupName)/\(volume.name)"
      }
      if case .confirmed = self { return "LVM's metadata describes another table" }
      return "LVM has the volume, under this name"
    case .ghost: return "LVM no longer has the volume"
    case .groupAbsent: return "no group has the uuid's"
    case .unreadable(let reason): return reason
    case .notLVM: return "its uuid is no LVM volume's"
    }
  }

  private func naming(of facts: MappingFacts) -> String {
    if let reference = facts.countingReferences.first { return "\(reference.place) names it" }
    guard let mention = facts.countingMentions.first else { return "something names it" }
    return "\(mention.mention.place) of guest \(mention.configuration.id) names it"
  }

  private func storageWords(of facts: MappingFacts) -> String {
    facts.storages.first.map {
      "the \($0.isShared ? "shared " : "")storage \($0.id) has its group"
    } ?? ""
  }

  private func comparison(of facts: MappingFacts) -> String {
    switch facts.comparison {
    case .agrees: "the live table agrees with LVM's metadata"
    case .lengthDiffers: "another length was found"
    case .extentsDiffer: "the lengths agree"
    case .notCompared(let reason): "not compared: \(reason)"
    }
  }
}

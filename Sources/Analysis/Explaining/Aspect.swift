import BundleFormat
import NodeState

/// One thing that rules want of a mapping, to say in a word why a rule did not fit.
///
/// The rules themselves decide; an aspect only names the fact that stood in the way. A test holds
/// that every aspect of a rule is there whenever the rule fits.
enum Aspect {
  case layered, partition, multipath, crypt, notNamedLikeDisk, onGuestDisk
  case known, otherName, confirmed, ghost, groupAbsent, withoutUUID
  case namesake, noNamesake
  case open, notOpen
  case named, notNamed, notNamedElsewhere, unreferenced
  case foreignReference, noForeignReference, mentioned
  case thin, thick, shared, local, managed, unmanaged
  case runningReference, attachedToRunning, stoppedReference, movedReference
  case wiping, fleecing, snapshot, chainSnapshot
  case lengthDiffers, extentsDiffer, suspended
  case overlapped, sameThinDevice
  /// What holds whenever the rule is silent though all before it is there.
  case otherwise(String)
}

extension Aspect {
  /// Whether the aspect is there; words that say how it is instead where it isn't.
  func isThere(in facts: MappingFacts, _ inventory: Inventory) -> Bool {
    switch self {
    case .layered, .partition, .multipath, .crypt, .notNamedLikeDisk, .onGuestDisk, .withoutUUID:
      isThereByUUID(facts, inventory)
    case .known: facts.volume != nil
    case .otherName: facts.volume.map { $0.mappingName != facts.mapping.name } ?? false
    case .confirmed: facts.isConfirmed
    case .ghost: facts.isGhost
    case .groupAbsent: if case .groupAbsent = facts.standing { true } else { false }
    case .namesake: facts.namesake != nil
    case .noNamesake: facts.namesake == nil
    case .open: facts.isOpen
    case .notOpen: !facts.isOpen
    case .named: facts.isReferencedOrMentioned
    case .notNamed: !facts.isReferencedOrMentioned
    case .notNamedElsewhere: facts.foreignPlace == nil
    case .unreferenced: facts.countingReferences.isEmpty
    case .foreignReference: !facts.foreignReferences.isEmpty
    case .noForeignReference: facts.foreignReferences.isEmpty
    case .mentioned: !facts.countingMentions.isEmpty
    case .thin: facts.isThin
    case .thick: !facts.isThin
    case .shared: facts.isShared
    case .local: !facts.isShared
    case .managed: !facts.storages.isEmpty
    case .unmanaged: facts.storages.isEmpty
    case .runningReference: facts.runningReference != nil
    case .attachedToRunning: facts.runningReference?.isAttached ?? false
    case .stoppedReference: inventory.stoppedReference(to: facts) != nil
    case .movedReference: inventory.movedReference(of: facts) != nil
    case .wiping: facts.guestName?.kind == .wiping
    case .fleecing: facts.guestName?.kind == .fleecing
    case .snapshot: if case .snapshot? = facts.guestName?.kind { true } else { false }
    case .chainSnapshot: facts.guestName?.kind == .snapshot(isChain: true)
    case .lengthDiffers: if case .lengthDiffers = facts.comparison { true } else { false }
    case .extentsDiffer: if case .extentsDiffer = facts.comparison { true } else { false }
    case .suspended:
      facts.mapping.attributes.isSuspended || !facts.mapping.attributes.hasLiveTable
    case .overlapped: inventory.overlaps(of: facts)?.isEmpty == false
    case .sameThinDevice: inventory.sameThinDevice(as: facts)?.isEmpty == false
    case .otherwise: true
    }
  }

  private func isThereByUUID(_ facts: MappingFacts, _ inventory: Inventory) -> Bool {
    let origin = facts.mapping.uuid?.origin
    switch self {
    case .layered:
      if case .volume(_, layer: .some)? = origin { return true }
      return facts.volume.map { $0.isInternal || "tTeC".contains($0.attributes.prefix(1)) } ?? false
    case .partition: if case .partition? = origin { return true } else { return false }
    case .multipath: return origin == .multipath
    case .crypt: return origin == .crypt
    case .withoutUUID: return facts.mapping.uuid == nil
    case .notNamedLikeDisk: return facts.guestName == nil || origin == .other
    case .onGuestDisk:
      guard case .volume(let identity, _)? = origin else { return false }
      return inventory.disks.groupsInsideGuests[identity.group] != nil
        || inventory.guestVolume(below: facts, otherThan: identity.group) != nil
    default: return false
    }
  }
}

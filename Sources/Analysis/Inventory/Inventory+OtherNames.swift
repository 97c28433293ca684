import BundleFormat
import NodeState

extension Inventory {
  /// Why the guest that a mapping is called after may have it under a name that nobody can follow; nil where
  /// nothing speaks for it.
  func doubtAboutNames(of facts: MappingFacts) -> String? {
    guard let guest = facts.guestName?.guest else { return nil }
    if references.guestsOnUnknownStorages.contains(guest) {
      return "guest \(guest) has a disk on a storage that only a plugin or nobody knows"
    }
    if references.guestsWithLostPaths.contains(guest) {
      return "guest \(guest) has a disk by a path that leads nowhere now"
    }
    return nil
  }
}

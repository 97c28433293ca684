import BundleFormat
import NodeState

extension Rule {
  /// A guest that PVE has locked for an operation.
  static let lockedGuest = Rule(
    "locked-guest", .unknown, .info, title: "PVE has locked the guest",
    RuleExplanation(
      meaning: "The guest's configuration has a lock: an operation is under way or was broken off.",
      harm: "None: its disks may belong to that operation.",
      cause: "A migration, backup, snapshot, clone or restore.",
      remedy: "Wait for the operation. If it is dead, qm unlock or pct unlock after looking at its "
        + "task log, then collect again.",
      wrongRemedy: "Unlocking while the operation runs.",
      needs: [.guestConfigs],
      references: [
        "qm.conf(5) and pct.conf(5), lock",
        "qm(1) and pct(1), unlock",
      ]),
    asking: [.otherwise("no guest that it concerns is locked")]
  ) { facts, inventory in
    guard let locked = inventory.lockedConfiguration(concerning: facts) else { return .silent }
    return .matches(
      RuleMatch(
        "Guest \(locked.id) on \(locked.node) is locked (\(locked.lock ?? "?")): an operation is "
          + "under way or was broken off.",
        evidence: [
          facts.evidence, Evidence(locked.lockLocation ?? locked.location, from: .guestConfigs),
        ]))
  }
}

extension Inventory {
  /// A configuration with a lock, of a guest that the mapping's name or any reference says.
  func lockedConfiguration(concerning facts: MappingFacts) -> GuestConfiguration? {
    for guest in guestsConcerned(by: facts).sorted() {
      if let locked = configurations[guest].first(where: { $0.lock != nil }) { return locked }
    }
    return nil
  }

  /// Whether a guest that the mapping concerns is locked for a migration.
  func isMigrating(_ facts: MappingFacts) -> Bool {
    guestsConcerned(by: facts).contains { guest in
      configurations[guest].contains { $0.lock == "migrate" }
    }
  }
}

import BundleFormat
import NodeState

extension Rule {
  /// A snapshot's volume that no configuration knows.
  static let leftoverSnapshot = Rule(
    "leftover-snapshot", .orphaned, .notice, title: "A snapshot's volume that nobody knows",
    RuleExplanation(
      meaning: "The volume is named like a snapshot's, no configuration has that snapshot, and no "
        + "backup is running.",
      harm: "It takes space, and the next backup or snapshot of that name fails: already exists.",
      cause: "A backup or the removal of a snapshot was broken off.",
      remedy: "Look first whether a disk still lies on it, as after a broken qm delsnapshot: "
        + "qemu-img info --backing-chain; only when none does, lvremove by hand.",
      wrongRemedy: "dmsetup remove: the name stays taken in LVM.",
      needs: [.lvs, .guestConfigs, .tasksActive, .qemuProcesses],
      references: [
        "https://github.com/LINBIT/linstor-server/issues/409",
        "qm(1) and pct(1), delsnapshot",
      ]),
    of: [.confirmed, .snapshot], without: [.named, .foreign],
    asking: [
      .confirmed, .snapshot, .notNamed, .noForeignReference, .otherwise("a backup is running"),
    ]
  ) { facts, inventory in
    guard inventory.backupTask(of: facts) == nil else { return .silent }
    if facts.isOpen, let held = inventory.wordsOfHolder(of: facts) {
      return .lacks(.guests(held))
    }
    return .matches(
      RuleMatch(
        "No configuration has a snapshot of this name, and no backup is running; \(facts.openWords).",
        evidence: [facts.evidence] + facts.volumeEvidence))
  }
}

extension Inventory {
  /// The running backup that may be of a mapping's guest; nil when none is.
  func backupTask(of facts: MappingFacts) -> ActiveTask? {
    flux.tasks.first { task in
      task.type == "vzdump" && (task.guestID == nil || task.guestID == facts.guestName?.guest)
    }
  }
}

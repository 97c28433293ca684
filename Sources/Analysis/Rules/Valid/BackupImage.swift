import BundleFormat
import NodeState

extension Rule {
  /// What a running backup reads from or writes to.
  static let backupImage = Rule(
    "backup-image", .valid, .info, title: "In use by a running backup",
    RuleExplanation(
      meaning: "The volume is the fleecing image or the snapshot of a backup that is running.",
      harm: "None: it goes when the backup ends.", cause: "vzdump is at work.",
      remedy: "Nothing is to be done.",
      wrongRemedy: "Removing it during the backup.",
      needs: [.lvs, .guestConfigs, .tasksActive],
      references: [
        "vzdump(1), fleecing and snapshot mode"
      ]),
    of: .confirmed,
    asking: [.confirmed, .otherwise("it is no image of a running backup")]
  ) { facts, inventory in
    let isFleecing = facts.guestName?.kind == .fleecing
    let isBackupSnapshot =
      facts.guestName?.kind == .snapshot(isChain: false)
      && facts.volume?.name.hasSuffix("_vzdump") == true
    guard isFleecing || isBackupSnapshot, let task = inventory.backupTask(of: facts) else {
      return .silent
    }
    return .matches(
      RuleMatch(
        "A backup is running, and this is its \(isFleecing ? "fleecing image" : "snapshot").",
        evidence: [facts.evidence, Evidence(task.location, from: .tasksActive)]
          + facts.references.map(\.evidence).prefix(1)))
  }
}

import BundleFormat
import NodeState

extension Rule {
  /// A backup's fleecing image that outlived its backup.
  static let leftoverFleecing = Rule(
    "leftover-fleecing", .orphaned, .notice, title: "A fleecing image without a backup",
    RuleExplanation(
      meaning: "The volume is a backup's fleecing image, and its guest doesn't list it or no "
        + "backup is running.",
      harm: "It takes space in the storage until somebody removes it.",
      cause: "A backup was broken off hard.",
      remedy: "Where the guest lists it, PVE removes it at the guest's next backup, migration or "
        + "removal; any other takes an lvremove by hand once no backup of the guest runs.",
      wrongRemedy: "Removing it while a backup of the guest runs: the backup fails.",
      needs: [.lvs, .guestConfigs, .tasksActive],
      references: [
        "https://github.com/proxmox/qemu-server/commit/a5185ba114d1530f15e88aee1476b1446b12cf63",
        "vzdump(1), fleecing",
      ]),
    of: [.confirmed, .fleecing], without: .mentioned,
    asking: [
      .confirmed, .fleecing, .otherwise("its guest lists it and a backup is running, or has it"),
    ]
  ) { facts, inventory in
    guard !facts.references.contains(where: \.isAttached) else { return .silent }
    let isListed = facts.countingReferences.contains { $0.reference.section == .fleecing }
    if isListed, inventory.backupTask(of: facts) != nil { return .silent }
    guard isListed || facts.countingReferences.isEmpty else { return .silent }
    return .matches(
      RuleMatch(
        isListed
          ? "Its guest lists it as a fleecing image, but no backup is running; \(facts.openWords)."
          : "It is named like a fleecing image, and no configuration lists it; \(facts.openWords).",
        evidence: [facts.evidence] + facts.volumeEvidence + facts.references.map(\.evidence)))
  }
}

import BundleFormat
import NodeState

extension Rule {
  /// A running guest's disk that it doesn't use at the moment.
  static let attachedNotOpen = Rule(
    "attached-not-open", .valid, .notice, title: "A running guest's disk that is not open",
    RuleExplanation(
      meaning: "The guest runs here and its configuration names the volume, but nobody has it "
        + "open.",
      harm: "None. It is odd for a disk; for a snapshot's state or an unused disk it is normal.",
      cause: "A snapshot's state, an unused or unplugged disk, or a disk that waits for a restart.",
      remedy: "Nothing is to be done.",
      wrongRemedy: "Removing it since it is not open: the guest may open it at any time.",
      needs: [.dmsetupInfo, .lvs, .guestConfigs, .qemuProcesses, .containerSockets],
      references: [
        "pve-storage, src/PVE/Storage/LvmThinPlugin.pm: snapshots and their states stay active"
      ]),
    of: [.confirmed, .running], without: .open,
    asking: [.confirmed, .notOpen, .runningReference]
  ) { facts, _ in
    guard let reference = facts.runningReference else { return .silent }
    return .matches(
      RuleMatch(
        reference.sentence(" names it and the guest runs here, but it is not open."),
        evidence: [facts.evidence, reference.evidence]))
  }
}

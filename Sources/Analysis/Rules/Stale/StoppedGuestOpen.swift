import BundleFormat
import NodeState

extension Rule {
  /// A stopped guest's disk that somebody uses.
  static let stoppedGuestOpen = Rule(
    "stopped-guest-open", .stale, .warning, title: "A stopped guest's disk is in use",
    RuleExplanation(
      meaning: "The guest is configured on this node and stopped, yet its disk is open.",
      harm: "The guest may fail to start, or start while somebody writes its disk.",
      cause: "A manual mount, a backup or recovery tool, a process that outlived its guest.",
      remedy: "Find the user: dmsetup info, /proc/*/fd, mounts in other namespaces (nsenter).",
      wrongRemedy: "Starting the guest meanwhile.",
      needs: [
        .dmsetupInfo, .lvs, .vgs, .pvs, .guestConfigs, .pveVmlist, .qemuProcesses,
        .containerSockets,
      ], uses: [.deviceUsers],
      references: [
        "https://github.com/canonical/lxd/issues/17382",
        "nsenter(1), proc(5): mountinfo",
      ]),
    of: [.confirmed, .open, .referencedHere], without: .withProcess,
    asking: [.confirmed, .open, .stoppedReference]
  ) { facts, inventory in
    guard let reference = inventory.stoppedReference(to: facts) else { return .silent }
    return .matches(
      RuleMatch(
        "\(reference.place) names it and the guest does not run, yet it is open "
          + "(\(facts.ownOpenCount))\(inventory.userWords(of: facts)).",
        evidence: [facts.evidence, reference.evidence]))
  }
}

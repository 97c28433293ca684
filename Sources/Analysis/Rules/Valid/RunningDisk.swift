import BundleFormat
import NodeState

extension Rule {
  /// A running guest's disk.
  static let runningDisk = Rule(
    "running-disk", .valid, .info, title: "A running guest's disk",
    RuleExplanation(
      meaning: "The guest runs on this node, has the disk attached, and it is open.",
      harm: "None: this is what it should be.", cause: "The guest runs.",
      remedy: "Nothing is to be done.",
      needs: [
        .dmsetupInfo, .lvs, .vgs, .pvs, .guestConfigs, .storageCfg, .qemuProcesses,
        .containerSockets,
      ],
      references: [
        "pve-storage, src/PVE/Storage/LVMPlugin.pm: activate_volume"
      ]),
    of: [.confirmed, .open, .running],
    asking: [.confirmed, .open, .runningReference, .attachedToRunning]
  ) { facts, _ in
    guard let reference = facts.runningReference, reference.isAttached else { return .silent }
    return .matches(
      RuleMatch(reference, " has it, the guest runs here, and it is open.", of: facts))
  }
}

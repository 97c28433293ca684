import BundleFormat
import NodeState

extension Rule {
  /// A removed disk whose wiping never ended.
  static let interruptedWipe = Rule(
    "interrupted-wipe", .orphaned, .notice, title: "A removed disk that was not wiped to its end",
    RuleExplanation(
      meaning: "PVE renamed the disk to del-… to wipe it, and no such task runs any more.",
      harm: "The volume takes space, and its content is not wiped whole.",
      cause: "The task was broken off, or the node went down.",
      remedy:
        "Look for the task, also on other nodes, then lvremove GROUP/del-… by hand: PVE takes no "
        + "volume of that name any more.",
      wrongRemedy: "Removing the mapping while a wipe runs.",
      needs: [.lvs, .tasksActive],
      references: [
        "pve-storage, src/PVE/Storage/LVMPlugin.pm: free_image and saferemove",
        "https://bugzilla.proxmox.com/show_bug.cgi?id=6941",
      ]),
    of: [.confirmed, .wiping], without: .named,
    asking: [.confirmed, .wiping, .notNamed]
  ) { facts, _ in
    .matches(
      RuleMatch(
        "PVE renamed this disk to wipe it, and no task is at it; \(facts.openWords).",
        evidence: [facts.evidence] + facts.volumeEvidence))
  }
}

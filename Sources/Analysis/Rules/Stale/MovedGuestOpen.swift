import BundleFormat
import NodeState

extension Rule {
  /// A disk in use here whose guest lives on another node.
  static let movedGuestOpen = Rule(
    "moved-guest-open", .stale, .critical, title: "The disk of another node's guest is in use here",
    RuleExplanation(
      meaning: "Only guests of other nodes have the disk, yet it is open on this node.",
      harm:
        "On shared storage two nodes may write one disk; on a local one something here still uses "
        + "a copy of a disk that lives elsewhere.",
      cause: "A guest that kept running after its configuration moved, a manual mount, or a "
        + "migration that lost its lock.",
      remedy: "Find the user here, and look whether the guest runs on its node, before anything.",
      wrongRemedy: "Starting or stopping guests at random.",
      needs: [.dmsetupInfo, .lvs, .vgs, .pvs, .guestConfigs, .pveVmlist],
      uses: [.haConfig, .deviceUsers],
      references: [
        "https://github.com/proxmox/qemu-server/commit/9d6126e8db7234c3e357d165ae0fd7c0d9648229",
        "https://github.com/moosefs/pve-moosefs/issues/16",
      ]),
    of: [.confirmed, .open], without: .referencedHere,
    asking: [.confirmed, .open, .movedReference]
  ) { facts, inventory in
    guard let reference = inventory.movedReference(of: facts) else { return .silent }
    let managed = inventory.highAvailability(of: facts)
    let use = "(\(facts.ownOpenCount))\(inventory.userWords(of: facts))"
    let why =
      reference.counts
      ? "\(reference.place) has it, yet it is open here \(use): two nodes may write it."
      : "\(reference.place) has a disk of this name on its own \(reference.storage?.id ?? "storage"), yet "
        + "this one is open here \(use): something still uses this copy."
    return .matches(
      RuleMatch(
        why + managed.words,
        evidence: [facts.evidence, reference.evidence] + managed.evidence))
  }
}

import BundleFormat
import NodeState

extension Rule {
  /// A disk on shared storage whose guest lives on another node.
  static let movedGuest = Rule(
    "moved-guest", .stale, .warning, title: "The disk of another node's guest is mapped here",
    RuleExplanation(
      meaning: "The volume is on shared storage, and only guests of other nodes have it.",
      harm: "When that node deletes or renames the volume, the mapping stays here as a leftover "
        + "and blocks the name.",
      cause: "LVM activated every volume at boot, or a migration's cleanup failed.",
      remedy: "Deactivate it; then switch autoactivation off with the vendor's "
        + "/usr/share/pve-manager/migrations/pve-lvm-disable-autoactivation.",
      wrongRemedy: "dmsetup remove behind LVM's back; lvremove, which deletes the living disk.",
      step: "lvchange -an by identity, phase 1 (without a question)",
      needs: [
        .dmsetupInfo, .dmsetupTable, .lvs, .vgs, .pvs, .guestConfigs, .pveVmlist, .pveMembers,
        .storageCfg, .qemuProcesses, .tasksActive,
      ], uses: [.haConfig],
      references: [
        "lvmautoactivation(7)",
        "https://github.com/proxmox/pve-storage/commit/f296ffc4e4d64b574c3001dc7cc6af3da1406441",
        "https://github.com/proxmox/qemu-server/commit/9d6126e8db7234c3e357d165ae0fd7c0d9648229",
      ]),
    of: [.confirmed, .shared], without: [.open, .referencedHere],
    asking: [
      .confirmed, .shared, .notOpen, .movedReference,
      .otherwise("the other node has it on a storage of its own"),
    ]
  ) { facts, inventory in
    guard let reference = inventory.movedReference(of: facts), reference.counts else {
      return .silent
    }
    let managed = inventory.highAvailability(of: facts)
    let mention = facts.mentionsHere.first
    let naming = mention.map {
      " (but \($0.mention.place) of guest \($0.configuration.id) names it)"
    }
    return .matches(
      RuleMatch(
        "\(reference.place) has it, no guest of this node does\(naming ?? ""), and it is not open."
          + managed.words,
        evidence: [facts.evidence, reference.evidence] + (mention.map { [$0.evidence] } ?? [])
          + managed.evidence,
        step: .deactivate(phase: 1)))
  }
}

extension Inventory {
  /// A reference of another node's guest when no configuration of this node names the mapping.
  func movedReference(of facts: MappingFacts) -> ResolvedReference? {
    guard !facts.traits.contains(.referencedHere) else { return nil }
    return facts.references.firstAttachedOrFirst { $0.counts && !$0.isHere }
      ?? facts.references.firstAttachedOrFirst { !$0.counts }
  }
}

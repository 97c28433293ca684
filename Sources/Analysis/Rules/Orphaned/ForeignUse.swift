import BundleFormat
import NodeState

extension Rule {
  /// A volume in use that belongs to no guest.
  static let foreignUse = Rule(
    "foreign-use", .orphaned, .critical, title: "Somebody uses a volume that no guest has",
    RuleExplanation(
      meaning: "The volume lives in a storage of this node, it is open, no configuration of any "
        + "node names it, and no task, process or lock explains the use.",
      harm: "Another system may write a disk that PVE thinks is free, or two clusters share one "
        + "storage.",
      cause: "A manual mount, another hypervisor, or a second cluster on the same disk.",
      remedy: "Find the user: dmsetup info, /proc/*/fd, mounts in other namespaces (nsenter).",
      wrongRemedy: "Forcing it closed.",
      needs: [
        .dmsetupInfo, .lvs, .vgs, .pvs, .guestConfigs, .pveVmlist, .tasksActive, .guestLocks,
        .qemuProcesses, .deviceUsers,
      ],
      references: [
        "https://github.com/PegaProx/project-pegaprox/issues/422",
        "pve-docs, pvecm.adoc: clusters must not share a storage",
      ]),
    of: [.confirmed, .managed, .open], without: [.referenced, .foreign],
    asking: [
      .confirmed, .managed, .open, .unreferenced, .noForeignReference,
      .otherwise("a guest that names it runs here or is being worked on"),
    ]
  ) { facts, inventory in
    let mention = facts.countingMentions.first
    if let explained = inventory.explanation(ofUse: facts) {
      return mention == nil ? .lacks(.guests(explained)) : .silent
    }
    if InventoryTrust.isUnread(.guestLocks, in: inventory.snapshot.bundle) {
      return .lacks(.guests("the held guest locks were not collected"))
    }
    if InventoryTrust.isUnread(.deviceUsers, in: inventory.snapshot.bundle) {
      return .lacks(.guests("who has devices open was not collected"))
    }
    let naming = mention.map {
      "only \($0.mention.place) of guest \($0.configuration.id) names it"
    }
    return .matches(
      RuleMatch(
        "It is open (\(facts.ownOpenCount))\(inventory.userWords(of: facts)), and "
          + "\(naming ?? "no configuration of any node names it"); no task, process or lock "
          + "explains it.",
        evidence: [facts.evidence] + facts.volumeEvidence
          + facts.countingMentions.prefix(2).map(\.evidence)))
  }
}

extension Inventory {
  /// What may explain the use of an unreferenced volume; nil when nothing that was collected does.
  func explanation(ofUse facts: MappingFacts) -> String? {
    for guest in guestsConcerned(by: facts).sorted() {
      if guests.hasProcess(guest) { return "a process of guest \(guest) runs here" }
      if let held = snapshot.heldGuestLocks.value?.first(where: { $0.id == guest }) {
        return "process \(held.pid) holds the lock of guest \(guest)"
      }
    }
    if let user = deviceUses[facts.mapping.device]?.first, user.kind == .openFile,
      Self.imageTools.contains(user.detail)
    {
      return "\(user.detail) (process \(user.pid)) is at work on it"
    }
    return wordsOfHolder(of: facts)
  }

  /// What PVE writes a disk with before any configuration names it: `qm disk import` has no task and no lock.
  private static let imageTools: Set<String> = ["qemu-img", "vma", "pbs-restore"]

  /// Says which guest's process holds a mapping that no configuration gives it; nil where none does.
  func wordsOfHolder(of facts: MappingFacts) -> String? {
    // The kernel names an open device by its number, a command line as PVE does.
    let paths =
      ["/dev/dm-\(facts.mapping.device.minor)", "/dev/mapper/\(facts.mapping.name)"]
      + (facts.path.map { ["/dev/\($0.group)/\($0.volume)"] } ?? [])
    let holder =
      paths.lazy.compactMap { self.heldPaths[$0] }.first
      ?? deviceUses.users(of: facts.mapping.device).lazy
      .filter { $0.kind == .openFile }.compactMap { self.guests.guest(ofProcess: $0.pid) }.first
    return holder.map { "the process of guest \($0) holds it, though no configuration says so" }
  }
}

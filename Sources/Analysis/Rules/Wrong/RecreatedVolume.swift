import BundleFormat
import NodeState

extension Rule {
  private static let recreatedExplanation = explanation(
    remedy: "Remove the mapping by its uuid. The volume itself is alive and stays.",
    wrongRemedy: "Deleting the volume, which is the living disk; lvchange -an, which says rc 0 and "
      + "does nothing.",
    step: "dmsetup remove by uuid, phase 2 (asks first)", use: "it is not open")

  private static let recreatedOpenExplanation = explanation(
    remedy: "Don't remove it while it is open: find out what uses it, save what is still needed, "
      + "and stop it in peace. Then remove the mapping by its uuid. The new volume stays.",
    wrongRemedy: "Killing what uses it, or removing it by force: the last handle to the old data "
      + "goes with it. Deleting the volume, which is the living disk.",
    step: nil, use: "it is open")

  private static func explanation(
    remedy: String, wrongRemedy: String, step: String?, use: String
  ) -> RuleExplanation {
    RuleExplanation(
      meaning: "The mapping's volume is gone from LVM, another volume has taken its name, and "
        + "\(use).",
      harm: "The guest of the new volume cannot start or migrate here: create ioctl, Device or "
        + "resource busy. The old mapping may show blocks that belong to others now.",
      cause: "Another node deleted the volume and made one of the same name: a re-used guest id, a "
        + "rollback, a restore.",
      remedy: remedy, wrongRemedy: wrongRemedy, step: step,
      needs: [.dmsetupInfo, .lvs, .vgs, .pvs, .guestConfigs, .tasksActive],
      uses: [.haConfig, .lvmBackup, .deviceUsers],
      // tools/lab, scenario shared-thick: lvchange -an answers 0 and leaves the mapping.
      references: [
        "https://forum.proxmox.com/threads/12221/",
        "https://bugzilla.proxmox.com/show_bug.cgi?id=4997",
      ])
  }

  /// A leftover mapping that blocks a living volume's name.
  static let recreatedVolume = Rule(
    "recreated-volume", .wrong, .critical,
    title: "A leftover mapping blocks a living volume's name",
    recreatedExplanation,
    of: [.ghost, .namesake], without: .open,
    asking: [.ghost, .namesake, .notOpen]
  ) { facts, inventory in
    guard let namesake = facts.namesake, case .ghost(let group) = facts.standing else {
      return .silent
    }
    let (past, managed) = (inventory.past(of: facts), inventory.highAvailability(of: facts))
    let doubt = inventory.doubtAboutGhost(facts, of: group)
    return .matches(
      RuleMatch(
        "LVM's \(namesake.groupName)/\(namesake.name) is another volume (uuid "
          + "\(namesake.id.grouped)) than this mapping's, which LVM no longer has "
          + "(\(facts.groupReading)): its guest cannot start here until the mapping is removed."
          + past.words + managed.words
          + (doubt.map { " But \($0): it may be a living disk." } ?? ""),
        evidence: [facts.evidence, Evidence(namesake.location, from: .lvs)] + facts.groupEvidence
          + past.evidence + managed.evidence,
        step: doubt == nil ? .removeByUUID : nil))
  }

  /// The same while somebody has it open: said before anything else, and nothing is offered.
  static let recreatedVolumeOpen = Rule(
    "recreated-volume", .wrong, .critical,
    title: "A deleted volume in use blocks a living one's name",
    recreatedOpenExplanation,
    of: [.ghost, .namesake, .open],
    asking: [.ghost, .namesake, .open]
  ) { facts, inventory in
    guard let namesake = facts.namesake else { return .silent }
    let past = inventory.past(of: facts)
    return .matches(
      RuleMatch(
        "LVM's \(namesake.groupName)/\(namesake.name) is another volume than this mapping's, which "
          + "LVM no longer has, and the mapping is open "
          + "(\(facts.ownOpenCount))\(inventory.userWords(of: facts)): what uses it reads and "
          + "writes blocks that may belong to others. It is the last handle to the old data."
          + past.words,
        evidence: [facts.evidence, Evidence(namesake.location, from: .lvs)] + facts.groupEvidence
          + past.evidence))
  }
}

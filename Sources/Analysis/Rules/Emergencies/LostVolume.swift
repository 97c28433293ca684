import BundleFormat
import NodeState

extension Rule {
  /// A mapping whose volume LVM no longer has, and a configuration expects it.
  static let lostVolume = Rule(
    "lost-volume", .wrong, .critical, title: "A disk that someone expects is gone from LVM",
    RuleExplanation(
      meaning: "LVM no longer has the volume, nobody has the mapping open, and a configuration "
        + "still names it.",
      harm: "The mapping is the last handle to a disk that someone expects. Its blocks may be "
        + "given to another volume at any time.",
      cause: "The volume was deleted by hand, by another node or by another cluster on the disk.",
      remedy: "Copy /dev/mapper/NAME out before anything is created in the group, then ask who "
        + "deleted the volume. vgcfgrestore from /etc/lvm/archive may bring it back, but puts the whole "
        + "group back to that day: what was made or moved since is lost.",
      wrongRemedy: "Removing the mapping because LVM doesn't know it.",
      needs: [.dmsetupInfo, .lvs, .vgs, .pvs, .guestConfigs, .storageCfg], uses: [.lvmBackup],
      references: [
        "vgcfgrestore(8)",
        "https://suse.com/c/recovering-lost-lvm-volume-disk",
      ]),
    of: [.ghost, .named], without: [.open, .namesake],
    asking: [.ghost, .notOpen, .noNamesake, .named]
  ) { facts, inventory in
    // Without storage.cfg a storage's id may mean any group.
    if inventory.snapshot.storages.value == nil, facts.countingReferences.isEmpty,
      facts.countingMentions.allSatisfy({ !$0.mention.text.hasPrefix("/") })
    {
      return .lacks(.guests("storage.cfg could not be read, so what names it may be another disk"))
    }
    let place =
      facts.countingReferences.first?.place
      ?? facts.countingMentions.first.map { "\($0.mention.place) of guest \($0.configuration.id)" }
      ?? "a configuration"
    let past = inventory.past(of: facts)
    return .matches(
      RuleMatch(
        "LVM no longer has this volume (\(facts.groupReading)) and no other has its name, yet "
          + "\(place) names it: the mapping is the last handle to that disk.\(past.words)",
        evidence: [facts.evidence] + facts.groupEvidence + past.evidence
          + (facts.countingReferences.map(\.evidence) + facts.countingMentions.map(\.evidence))
          .prefix(3)))
  }
}

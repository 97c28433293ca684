import BundleFormat
import NodeState

extension Rule {
  /// A mapping whose volume LVM no longer has, and somebody holds it open.
  static let ghostInUse = Rule(
    "ghost-in-use", .orphaned, .critical,
    title: "The volume is deleted, and somebody still uses it",
    RuleExplanation(
      meaning: "LVM no longer has the volume, but a process, a mount or a mapping holds it open.",
      harm: "This mapping is the last handle to somebody's data: once it is closed or removed, the "
        + "data is gone. LVM may give the blocks to another volume at any time.",
      cause: "Another node, or a cleaner that saw only its own guests, deleted a volume in use.",
      remedy: "Don't stop the guest. Stop every lvcreate on the group, copy /dev/mapper/NAME out "
        + "or back up from inside the guest, then restore the metadata with vgcfgrestore from the "
        + "archive of the node that deleted it: that puts the whole group back, so nothing may have been "
        + "made or moved since.",
      wrongRemedy: "Stopping the guest to clean up destroys the data.",
      needs: [.dmsetupInfo, .lvs, .vgs, .pvs], uses: [.lvmBackup, .deviceUsers],
      // tools/lab: on a real kernel the mapping stays readable after lvremove elsewhere.
      references: [
        "vgcfgrestore(8)",
        "https://suse.com/c/recovering-lost-lvm-volume-disk",
      ]),
    of: [.ghost, .open], without: .namesake,
    asking: [.ghost, .open, .noNamesake]
  ) { facts, inventory in
    let past = inventory.past(of: facts)
    return .matches(
      RuleMatch(
        "LVM no longer has this volume (\(facts.groupReading)), yet it is open "
          + "(\(facts.ownOpenCount))\(inventory.userWords(of: facts)): this mapping is the last "
          + "handle to the data. Don't stop what uses it, and don't remove it.\(past.words)",
        evidence: [facts.evidence] + facts.groupEvidence + past.evidence
          + facts.references.map(\.evidence).prefix(2)))
  }
}

import BundleFormat
import NodeState

extension Rule {
  /// Anything that is not named like a guest's disk: the host's own.
  static let hostVolume = Rule(
    "host-volume", .other, .info, title: "The host's own",
    RuleExplanation(
      meaning: "The mapping isn't named like a guest's disk: the host's root and swap, a Ceph OSD, "
        + "or another program's.",
      harm: "None that can be told from here.", cause: "The host and its services use it.",
      remedy: "Nothing is to be done, and nothing is ever offered.",
      needs: [.dmsetupInfo],
      references: [
        "pve-storage, src/PVE/Storage/LVMPlugin.pm: the names that PVE gives to disks"
      ]),
    of: .hosts,
    asking: [.notNamedLikeDisk]
  ) { facts, _ in
    if facts.guestName == nil {
      return .matches(
        RuleMatch("It is not named like a guest's disk.", evidence: [facts.evidence]))
    }
    // Named like a guest's disk, but made by a program that is neither LVM nor a person.
    return .matches(
      RuleMatch(
        "It is named like a guest's disk, but its uuid is another program's.",
        evidence: [facts.evidence]))
  }
}

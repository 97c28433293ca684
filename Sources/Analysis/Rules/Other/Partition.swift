import BundleFormat
import NodeState

extension Rule {
  /// A partition of another mapping, made by kpartx or udev.
  static let partition = Rule(
    "partition", .other, .info, title: "A partition of another mapping",
    RuleExplanation(
      meaning: "kpartx or udev mapped a partition of another mapping.",
      harm: "It holds the mapping that it lies on: that one can't be deactivated before.",
      cause: "Somebody looked into a guest's disk, or a backup or recovery tool did.",
      remedy: "kpartx -d DEVICE removes the partitions of a device, if nobody uses them.",
      wrongRemedy: "Removing the mapping below first: it is busy.",
      step: "goes before its parent's step, in the parent's phase, while it is closed",
      needs: [.dmsetupInfo, .dmsetupTable], uses: [.dmsetupDeps],
      references: [
        "kpartx(8)",
        "https://github.com/lvmteam/lvm2/issues/110",
      ]),
    of: .partition,
    asking: [.partition]
  ) { facts, _ in
    guard case .partition(let number, let parent)? = facts.mapping.uuid?.origin else {
      return .silent
    }
    return .matches(
      RuleMatch(
        "It is partition \(number) of the mapping with the uuid \(parent); \(facts.openWords).",
        evidence: [facts.evidence]))
  }
}

import BundleFormat
import NodeState

extension Rule {
  /// A multipath map: one disk behind several paths.
  static let multipath = Rule(
    "multipath", .other, .info, title: "A multipath map",
    RuleExplanation(
      meaning: "multipathd joined the paths to one disk in this mapping.",
      harm: "None: storage stands on it.",
      cause: "The disk is reached by more than one path.",
      remedy: "Nothing is to be done. A map whose disk is gone is removed with multipath -f MAP.",
      wrongRemedy: "dmsetup remove: no active path may be a passing state, and removal makes it "
        + "last.",
      needs: [.dmsetupInfo],
      references: [
        "multipath(8)",
        "https://github.com/hpe-storage/csi-driver/issues/564",
      ]),
    of: .multipath,
    asking: [.multipath]
  ) { facts, _ in
    .matches(
      RuleMatch("Its uuid begins with mpath-: multipathd made it.", evidence: [facts.evidence]))
  }
}

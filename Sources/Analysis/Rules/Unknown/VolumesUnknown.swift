import BundleFormat
import NodeState

extension Rule {
  /// The metadata that a verdict needs is not known.
  public static let volumesUnknown = Rule(
    "volumes-unknown", .unknown, .info, title: "Its volume could not be judged",
    RuleExplanation(
      meaning: "LVM's metadata of its group is missing or not to be trusted, or its table is.",
      harm: "None: nothing is offered while it isn't known. If it is open, treat it like "
        + "ghost-in-use: it may be the last handle to the data.",
      cause: "A disk is missing or filtered, the group is exported or another host's, or LVM hung.",
      remedy: "Mend what the reason names, then collect again.",
      wrongRemedy: "Taking a volume that LVM doesn't show for a deleted one.",
      needs: [.lvs, .vgs, .pvs, .dmsetupTable],
      // tools/lab: after another node's vgexport, lvs prints nothing and ends with 0.
      references: [
        "vgs(8), lvs(8): vg_missing_pv_count, vg_exported, vg_systemid",
        "lvmsystemid(7)",
      ]))
}

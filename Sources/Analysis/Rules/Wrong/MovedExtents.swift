import BundleFormat
import NodeState

extension Rule {
  /// A mapping that lies elsewhere than its volume.
  static let movedExtents = Rule(
    "moved-extents", .wrong, .critical, title: "The volume lies elsewhere than the mapping",
    RuleExplanation(
      meaning: "The live table names other blocks than LVM's metadata does.",
      harm: "Reads show another volume's data, and writes destroy it.",
      cause: "Another node moved the volume (pvmove) or restored older metadata (vgcfgrestore).",
      remedy: "Deactivate it while nobody uses it: the next start loads the right table. In use: "
        + "stop the guest, then look at which of the two places holds its data.",
      wrongRemedy: "lvchange --refresh under a running guest, before anybody looked at the data.",
      step: "lvchange -an by identity, phase 2 (asks first)",
      needs: [.dmsetupInfo, .dmsetupTable, .lvs, .vgs, .pvs, .guestConfigs, .tasksActive],
      // Measured on a real kernel by tools/lab, too.
      references: [
        "pvmove(8), vgcfgrestore(8)"
      ]),
    of: .extentsDiffer,
    asking: [.extentsDiffer]
  ) { facts, _ in
    guard case .extentsDiffer(let live, let metadata) = facts.comparison else { return .silent }
    return .matches(
      RuleMatch(
        "The live table has \(live); LVM's metadata has \(metadata); \(facts.openWords).",
        evidence: [facts.evidence] + facts.tableEvidence + facts.volumeEvidence,
        step: .deactivate(phase: 2)))
  }
}

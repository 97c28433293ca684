import BundleFormat
import NodeState

extension Rule {
  /// A mapping of another length than its volume.
  static let resizedVolume = Rule(
    "resized-volume", .wrong, .warning, title: "The volume was resized, the mapping was not",
    RuleExplanation(
      meaning: "The live table's length differs from the volume's size in LVM's metadata.",
      harm: "A guest that uses it sees a disk that is too short or too long.",
      cause: "Another node resized the volume; only its own table changed.",
      remedy: "Deactivate it while nobody uses it: the next start loads the right table. While a "
        + "guest uses it: stop or migrate the guest, then lvchange --refresh.",
      wrongRemedy: "Swapping the table under a running guest.",
      step: "lvchange -an by identity, phase 2 (asks first)",
      needs: [.dmsetupInfo, .dmsetupTable, .lvs, .vgs, .pvs, .guestConfigs, .tasksActive],
      // tools/lab, scenario shared-thick: another node extends the volume.
      references: [
        "lvchange(8), --refresh"
      ]),
    of: .lengthDiffers,
    asking: [.lengthDiffers]
  ) { facts, _ in
    guard case .lengthDiffers(let live, let metadata) = facts.comparison else { return .silent }
    return .matches(
      RuleMatch(
        "The live table has \(live) sectors, LVM's metadata \(metadata): the volume was resized "
          + "elsewhere; \(facts.openWords).",
        evidence: [facts.evidence] + facts.tableEvidence + facts.volumeEvidence,
        step: .deactivate(phase: 2)))
  }
}

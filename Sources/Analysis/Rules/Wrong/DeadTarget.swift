import BundleFormat
import NodeState

extension Rule {
  /// A mapping that leads nowhere.
  static let deadTarget = Rule(
    "dead-target", .wrong, .critical, title: "The mapping leads nowhere",
    RuleExplanation(
      meaning: "The live table is an error target, or a device that it names is gone.",
      harm: "Every access fails: a guest on it gets I/O errors.",
      cause: "dmsetup remove --force, a disk that was taken away, or a lost path.",
      remedy: "If the disk is back and LVM's metadata is right, lvchange --refresh GROUP/VOLUME.",
      wrongRemedy: "Removing it while a guest holds it.",
      needs: [.dmsetupInfo, .dmsetupTable],
      references: [
        "dmsetup(8), remove --force",
        "lvchange(8), --refresh",
      ])
  ) { facts, inventory in
    let targets = facts.mapping.table.value ?? []
    if let dead = targets.first(where: { $0.kind == .error }) {
      return .matches(
        RuleMatch(
          "Its live table has an error target; \(facts.openWords).",
          evidence: [facts.evidence, Evidence(dead.location, from: .dmsetupTable)]))
    }
    guard
      let gone = facts.mapping.dependencies.first(where: {
        $0.major == facts.mapping.device.major && inventory.positions[$0] == nil
      })
    else { return .silent }
    return .matches(
      RuleMatch(
        "Its table names the mapping \(gone), which does not exist; \(facts.openWords).",
        evidence: [facts.evidence] + facts.tableEvidence))
  }
}

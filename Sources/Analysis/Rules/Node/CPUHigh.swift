import BundleFormat
import NodeState

extension Rule {
  /// The processors have little time left.
  static let cpuHigh = Rule(
    "cpu-high", nil, .warning, title: "The processors are busy",
    RuleExplanation(
      meaning: "More than 80 % of the processors' time was used while the bundle was collected.",
      harm: "Guests slow down; commands that hold locks take longer.",
      cause: "Guests, backups or a runaway process.", remedy: "Look at the top processes.",
      wrongRemedy: "Blaming leftovers: a mapping that nobody uses costs no time.",
      needs: [.cpuStat],
      references: [
        "proc_stat(5)"
      ]),
    examine: { inventory in
      guard let percent = inventory.snapshot.host.metrics.cpuPercent, percent > 80 else {
        return []
      }
      return [
        NodeMatch(inventory.nodeName, "\(percent.percentWords) of the processors' time was used.")
      ]
    })
}

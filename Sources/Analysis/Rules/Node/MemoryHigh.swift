import BundleFormat
import NodeState

extension Rule {
  /// The memory is nearly used up.
  static let memoryHigh = Rule(
    "memory-high", nil, .warning, title: "Memory is short",
    RuleExplanation(
      meaning: "More than 90 % of the memory is in use.",
      harm: "The kernel may end guests' processes.",
      cause: "Guests have more than the node can give.",
      remedy: "Move guests away, or give them less.",
      wrongRemedy: "Blaming leftovers: a mapping takes a few kilobytes.",
      needs: [.memory],
      references: [
        "proc_meminfo(5), MemAvailable"
      ]),
    examine: { inventory in
      guard let percent = inventory.snapshot.host.metrics.memoryPercent, percent > 90 else {
        return []
      }
      return [NodeMatch(inventory.nodeName, "\(percent.percentWords) of the memory is in use.")]
    })
}

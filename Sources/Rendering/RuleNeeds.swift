import Analysis
import BundleFormat

/// Which rules need or use which source, from the rules' own documentation.
struct RuleNeeds: Sendable {
  private var rulesBySource: [SourceID: [String]] = [:]

  init() {
    for rule in Rule.all {
      for source in rule.explanation.needs + rule.explanation.uses {
        rulesBySource[source, default: []].append(rule.name)
      }
    }
  }

  func rules(for source: SourceID) -> [String] { rulesBySource[source] ?? [] }
}

import BundleFormat
import NodeState

/// What the catalogue says of a rule beside its own texts.
extension Rule {
  /// Whether the rule is of guests' configurations.
  public static func isOfConfigurations(_ rule: Rule) -> Bool {
    configurationRules.contains { $0.name == rule.name }
      || rule.name == Rule.predecessorMissing.name
  }

  /// The rules of a name in the order of judgement: a rule whose remedy depends on something has variants.
  public static func variants(named name: String) -> [Rule] {
    var variants: [Rule] = []
    for rule in emergencyRules + all + predecessorRules
    where rule.name == name && !variants.contains(where: { $0 === rule }) {
      variants.append(rule)
    }
    return variants
  }
}

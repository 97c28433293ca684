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

  /// When a match has another severity than the usual one; empty where it never has.
  public var severities: String {
    switch name {
    case "stopped-guest": "notice on shared storage"
    case "overlapping-extents", "same-thin-device": "critical when both are open"
    case "renamed-volume": "critical if a living volume has the mapping's name"
    case "thin-pool-filling": "critical above 95 %"
    case "missing-volume": "notice for cloud-init drives, unused disks and snapshots"
    default: ""
    }
  }

  /// The step that the plan offers while nobody has the mapping open; nil where it offers none.
  public var stepOffered: String? {
    if self === Rule.recreatedVolumeOpen { return nil }
    return switch name {
    case "moved-guest": "lvchange -an by identity, phase 1 (without a question)"
    case "stopped-guest": "on shared storage lvchange -an by identity, phase 1 (without a question)"
    case "unreferenced-volume":
      "on shared storage, if thick, lvchange -an by identity, phase 2 (asks first)"
    case "renamed-volume":
      "lvchange -an by identity, phase 2 (asks first), unless the volume is being wiped"
    case "resized-volume", "moved-extents": "lvchange -an by identity, phase 2 (asks first)"
    case "ghost-mapping", "recreated-volume": "dmsetup remove by uuid, phase 2 (asks first)"
    case "hand-made-mapping": "dmsetup remove by name, phase 2 (asks first)"
    case "partition": "goes before its parent's step, in the parent's phase, while it is closed"
    default: nil
    }
  }
}

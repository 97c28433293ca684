import BundleFormat
import NodeState

extension Rule {
  /// LVM sees two groups of one name.
  static let duplicateGroupName = Rule(
    "duplicate-group-name", nil, .warning, title: "Two volume groups have one name",
    RuleExplanation(
      meaning: "LVM sees two groups of the same name.",
      harm: "Volumes of the second can't be activated: Device or resource busy. Repair by name may "
        + "hit the wrong one.",
      cause: "A disk of another system was attached, or a guest's group is visible.",
      remedy: "vgrename UUID NEWNAME, by uuid.", wrongRemedy: "Removing mappings: none is stale.",
      needs: [.vgs],
      references: [
        "vgrename(8), by uuid"
      ]),
    examine: { inventory in
      let groups = inventory.snapshot.lvm.groups.value ?? []
      return Dictionary(grouping: groups, by: \.name).filter { $0.value.count > 1 }.map {
        NodeMatch(
          $0.key, "\($0.value.count) groups are called \($0.key).",
          evidence: $0.value.map { Evidence($0.location, from: .vgs) })
      }
    })
}

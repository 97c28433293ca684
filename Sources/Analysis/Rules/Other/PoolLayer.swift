import BundleFormat
import NodeState

extension Rule {
  /// A layer that LVM keeps below or beside its volumes: pools, origins, images.
  static let poolLayer = Rule(
    "pool-layer", .other, .info, title: "A layer of LVM's own",
    RuleExplanation(
      meaning: "LVM made this mapping for a pool, a snapshot or a mirror; it is no guest's disk.",
      harm: "None: it is part of what other volumes stand on.",
      cause: "Thin pools, thick snapshots, caches, RAID and mirrors consist of several mappings.",
      remedy: "Nothing is to be done. It goes with the last volume that needs it.",
      wrongRemedy: "Removing a layer breaks every volume that stands on it.",
      needs: [.dmsetupInfo],
      references: [
        "LVM2 lib/activate/dev_manager.c, the suffixes of layers",
        "lvmthin(7), lvmcache(7), lvmraid(7)",
      ]),
    of: .layered,
    asking: [.layered]
  ) { facts, _ in
    if case .volume(_, layer: let layer?)? = facts.mapping.uuid?.origin {
      return .matches(
        RuleMatch(
          "Its uuid ends in -\(layer): a layer that LVM keeps for itself.",
          evidence: [facts.evidence]))
    }
    guard let volume = facts.volume else {
      guard let layer = facts.path?.layerName else { return .silent }
      return .matches(
        RuleMatch(
          "Its name has \(layer), which LVM keeps for its own layers; lvs doesn't show it.",
          evidence: [facts.evidence]))
    }
    return .matches(
      RuleMatch(
        "lvs shows \(volume.name) as a layer of LVM's own (attributes \(volume.attributes)).",
        evidence: [facts.evidence] + facts.volumeEvidence))
  }
}

import BundleFormat
import NodeState

extension Rule {
  /// A volume that a configuration looks for in another storage.
  static let otherStorage = Rule(
    "other-storage", .wrong, .warning, title: "The volume lies in another storage than configured",
    RuleExplanation(
      meaning: "A configuration names a volume of this name in another storage or pool, which "
        + "doesn't have it.",
      harm: "The guest doesn't start, or this volume passes for a leftover.",
      cause: "The disk was moved by hand, or the storage was redefined.",
      remedy: "Compare both storages, then correct the configuration with qm set or pct set; qm "
        + "disk rescan finds volumes that no configuration names.",
      wrongRemedy: "Deleting the volume as unreferenced.",
      needs: [.lvs, .guestConfigs, .storageCfg],
      references: [
        "qm(1), disk rescan; pct(1), rescan",
        "pve-docs, pvesm.adoc: storage ids, vgname and thinpool",
      ]),
    of: .confirmed,
    asking: [.confirmed, .otherwise("no configuration looks for it in another storage or pool")]
  ) { facts, inventory in
    guard let volume = facts.volume else { return .silent }
    // A storage without a pool has the group's thick volumes, and one of a path may have any.
    if let wrong = facts.references.first(where: {
      $0.counts && $0.storage?.type == "lvmthin" && $0.storage?.thinPool != volume.thinPoolName
    }),
      !facts.references.contains(where: { $0.counts && $0.storage?.thinPool == volume.thinPoolName }
      )
    {
      let place = volume.thinPoolName.map { "the volume lies in the pool \($0)" }
      return .matches(
        RuleMatch(
          "\(wrong.place) says storage \(wrong.storage?.id ?? "?"), whose pool is "
            + "\(wrong.storage?.thinPool ?? "?"); \(place ?? "the volume lies in no pool").",
          evidence: [facts.evidence, wrong.evidence] + facts.volumeEvidence))
    }
    if facts.traits.contains(.referenced) { return .silent }
    if let group = inventory.unreadGroup(ofReferenceTo: volume.name, outside: volume.groupName) {
      return .lacks(
        .volumes("a configuration names \(volume.name) in \(group), which is not trusted"))
    }
    guard let wrong = inventory.misplacedReference(to: volume.name, outside: volume.groupName)
    else { return .silent }
    return .matches(
      RuleMatch(
        "\(wrong.place) names \(volume.name) in storage \(wrong.storage?.id ?? "?"), which does not "
          + "have it; it lies in \(volume.groupName).",
        evidence: [facts.evidence, wrong.evidence] + facts.volumeEvidence))
  }
}

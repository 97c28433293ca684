import BundleFormat
import NodeState

extension Rule {
  /// A mapping on one path of a multipath map.
  static let singlePath = Rule(
    "single-path", .wrong, .warning,
    title: "The mapping uses one path instead of the multipath map",
    RuleExplanation(
      meaning: "The live table names one path to a disk that multipathd has joined.",
      harm: "When that path fails, the guest's disk fails, though others are there.",
      cause: "The volume was activated before multipathd had made the map, mostly at boot.",
      remedy: "Follow the vendor's multipath guide; reactivate the volume in a window.",
      wrongRemedy: "dmsetup remove on the multipath map.",
      needs: [.dmsetupInfo, .dmsetupTable], uses: [.multipath, .dmsetupDeps],
      references: [
        "https://github.com/proxmox/pve-storage/commit/f296ffc4e4d64b574c3001dc7cc6af3da1406441",
        "https://pve.proxmox.com/wiki/Multipath",
      ]),
    of: .onPath,
    asking: [.otherwise("its table names no path of a multipath map")]
  ) { facts, inventory in
    let lower = Set(facts.mapping.dependencies.map(\.wholeDisk))
    for map in inventory.multipathMaps {
      guard let path = map.mapping.dependencies.first(where: lower.contains),
        facts.mapping.device != map.mapping.device
      else { continue }
      let listed = inventory.snapshot.host.multipathMembers.first { $0.device == path }
      return .matches(
        RuleMatch(
          "Its table names \(path), one path of the multipath map \(map.mapping.name).",
          evidence: [facts.evidence, map.evidence] + facts.tableEvidence
            + [listed.map { Evidence($0.location, from: .multipath) }].compactMap { $0 }))
    }
    if let listed = inventory.snapshot.host.multipathMembers.first(where: {
      lower.contains($0.device)
    }) {
      return .matches(
        RuleMatch(
          "Its table names \(listed.device), one path of the multipath map \(listed.map).",
          evidence: [facts.evidence] + facts.tableEvidence
            + [Evidence(listed.location, from: .multipath)]))
    }
    return .silent
  }
}

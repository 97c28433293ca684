import BundleFormat
import NodeState

extension Rule {
  /// One volume that two guests have attached.
  static let sharedReference = Rule(
    "shared-reference", .duplicate, .warning, title: "Two guests have the same disk",
    RuleExplanation(
      meaning: "The configurations of two guests attach the same volume.",
      harm: "If both run, two systems write one file system.",
      cause: "A configuration was copied, restored or edited by hand.",
      remedy: "Decide whose disk it is, and detach it from the other guest with "
        + "qm set ID --delete SLOT (pct set for a container).",
      wrongRemedy: "Removing the disk with the guest that is deleted: PVE then frees the volume.",
      needs: [.guestConfigs, .storageCfg],
      references: [
        "https://github.com/PegaProx/project-pegaprox/issues/422",
        "qm(1) and pct(1), set --delete",
      ]),
    of: [.confirmed, .severalReferences],
    asking: [.confirmed, .otherwise("no two guests have it attached")]
  ) { facts, _ in
    let attached = facts.countingReferences.filter(\.isAttached)
    guard let first = attached.first,
      let second = attached.first(where: { $0.configuration.id != first.configuration.id })
    else { return .silent }
    return .matches(
      RuleMatch(
        "\(first.place) and \(second.place) both attach this volume; \(facts.openWords).",
        evidence: [facts.evidence, first.evidence, second.evidence] + facts.volumeEvidence))
  }
}

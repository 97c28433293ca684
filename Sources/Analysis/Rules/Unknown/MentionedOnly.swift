import BundleFormat
import NodeState

extension Rule {
  /// A volume that some text names, without being a disk of anyone.
  static let mentionedOnly = Rule(
    "mentioned-only", .unknown, .info, title: "Named in a text, not as a disk",
    RuleExplanation(
      meaning: "No configuration has it as a disk, but a line that PVE drops, an argument, a note "
        + "or an lxc line names it.",
      harm: "None by itself: somebody may rely on it.",
      cause: "Passed through by hand, or a configuration line that is wrong.",
      remedy: "Read the line, and decide whether it should be a disk.",
      wrongRemedy: "Removing it because no disk line names it.",
      needs: [.guestConfigs],
      references: [
        "qm.conf(5), args and unknown keys",
        "pct.conf(5), lxc.*",
      ]),
    of: .mentioned, without: .referenced,
    asking: [.unreferenced, .mentioned]
  ) { facts, _ in
    let mentions = facts.countingMentions
    guard let mention = mentions.first else { return .silent }
    return .matches(
      RuleMatch(
        "No configuration has it as a disk, but \(mention.mention.place) of guest "
          + "\(mention.configuration.id) on \(mention.configuration.node) names it; "
          + "\(facts.openWords).",
        evidence: [facts.evidence] + mentions.map(\.evidence).prefix(3)))
  }
}

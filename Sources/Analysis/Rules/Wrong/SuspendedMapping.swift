import BundleFormat
import NodeState

extension Rule {
  /// A mapping that stands still: suspended, or without a live table.
  static let suspendedMapping = Rule(
    "suspended-mapping", .wrong, .critical, title: "The mapping is suspended or has no table",
    RuleExplanation(
      meaning:
        "The kernel holds back every read and write of this mapping or, without a live table, "
        + "answers each with an error.",
      harm:
        "Whoever reads a suspended one hangs and cannot be killed; sync and LVM commands may hang "
        + "with it.",
      cause: "An LVM command died half-way, or another node renamed the volume under it.",
      remedy: "Look with dmsetup info and table; if the table is right, dmsetup resume NAME.",
      wrongRemedy: "Reading it (dd, blkid, file) hangs; --force destroys what waits.",
      needs: [.dmsetupInfo],
      references: [
        "dmsetup(8), suspend and resume",
        "https://github.com/microsoft/azurelinux/pull/18793",
      ]),
    of: .still,
    asking: [.suspended]
  ) { facts, _ in
    let attributes = facts.mapping.attributes
    let what =
      attributes.isSuspended
      ? "It is suspended: every access waits" : "It has no live table: every access fails"
    return .matches(
      RuleMatch(
        "\(what)\(attributes.hasInactiveTable ? ", and a new table is loaded" : "")"
          + "; \(facts.openWords).",
        evidence: [facts.evidence] + facts.tableEvidence))
  }
}

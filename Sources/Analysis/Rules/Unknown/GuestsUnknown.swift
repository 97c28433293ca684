import BundleFormat

extension Rule {
  /// Guests, configurations or processes that a verdict needs are not known.
  public static let guestsUnknown = Rule(
    "guests-unknown", .unknown, .info, title: "Its guest could not be judged",
    RuleExplanation(
      meaning: "A source about guests that the verdict needs is missing or not to be trusted.",
      harm: "None: nothing is offered while it isn't known.",
      cause: "pmxcfs was down, the cluster was not quorate, or the collection was incomplete.",
      remedy: "Mend what the reason names, then collect again.",
      wrongRemedy: "Taking an empty guest list for no guests.",
      needs: [
        .pveVmlist, .pveMembers, .guestConfigs, .storageCfg, .qemuProcesses, .containerSockets,
      ],
      references: [
        "pve-docs, pmxcfs.adoc: /etc/pve is empty while pmxcfs is down",
        "pve-docs, pvecm.adoc: quorum",
      ]))
}

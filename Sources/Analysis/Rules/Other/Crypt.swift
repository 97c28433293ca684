import BundleFormat
import NodeState

extension Rule {
  /// An encrypted device, LUKS or a Ceph OSD's.
  static let crypt = Rule(
    "crypt", .other, .info, title: "An encrypted device",
    RuleExplanation(
      meaning: "dm-crypt made this mapping.",
      harm: "None: a file system, a swap or a Ceph OSD stands on it.",
      cause: "A disk, a partition or a Ceph OSD is encrypted.",
      remedy: "Nothing is to be done. Ceph OSDs are never to be touched here.",
      wrongRemedy: "ls /dev/mapper/ceph-* | xargs dmsetup remove destroys healthy OSDs.",
      needs: [.dmsetupInfo],
      references: [
        "cryptsetup(8)",
        "https://github.com/rook/rook/issues/9542",
      ]),
    of: .crypt,
    asking: [.crypt]
  ) { facts, _ in
    .matches(
      RuleMatch("Its uuid begins with CRYPT-: dm-crypt made it.", evidence: [facts.evidence]))
  }
}

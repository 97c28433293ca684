import BundleFormat
import NodeState

extension Rule {
  /// What the bash script that this system succeeds says of entries and configured disks.
  ///
  /// Its users find its words again in `--policy v27` and `--compare v27`; nothing acts upon them.
  static let predecessorRules: [Rule] = [
    .predecessorValid, .predecessorStale, .predecessorOrphaned, .predecessorMissing,
    .predecessorUnseen, .predecessorUnknown,
  ]

  private static func predecessor(
    _ name: String, _ classification: Classification?, _ severity: Severity, title: String,
    meaning: String, wrong: String
  ) -> Rule {
    Rule(
      name, classification, severity, title: title,
      RuleExplanation(
        meaning: meaning,
        harm: "None by itself: v27 compares names and numbers, and proves nothing.",
        cause: "v27 looks at dmsetup ls, qm list and this node's VM configurations alone.",
        remedy:
          "Judge by evidence, the default policy; --compare v27 shows both beside each other.",
        wrongRemedy: wrong, needs: [.dmsetupInfo, .qmList, .guestConfigs],
        references: [
          "https://github.com/keithrlucier/proxmox-dm-health-check (proxmox_dm_v27.sh)"
        ]))
  }

  static let predecessorValid = predecessor(
    "v27-valid", .valid, .info, title: "v27: valid",
    meaning: "The last vm--N-- of the name is the number of a VM that qm list shows as running.",
    wrong: "Trusting it: a mapping of the right name may be another volume.")

  static let predecessorStale = predecessor(
    "v27-stale", .stale, .warning, title: "v27: stale",
    meaning: "The last vm--N-- of the name is no running VM's number.",
    wrong: "Removing it: thin disks of stopped VMs and all disks of containers are among these.")

  static let predecessorOrphaned = predecessor(
    "v27-orphaned", .orphaned, .warning, title: "v27: orphaned",
    meaning: "qm list has no VM of that number, or its configuration no disk of that number.",
    wrong: "Removing it: guests of other nodes and containers are unknown to v27.")

  static let predecessorMissing = predecessor(
    "v27-missing", nil, .warning, title: "v27: missing",
    meaning: "A configured disk has no entry of the same VM id and number.",
    wrong: "Searching for it: a stopped VM's disk, or one on ZFS or RBD, has no mapping.")

  static let predecessorUnseen = predecessor(
    "v27-unseen", .other, .info, title: "v27 does not look at it",
    meaning: "The name does not contain vm--N--disk.",
    wrong: "Taking it for healthy: v27 says nothing about it.")

  static let predecessorUnknown = predecessor(
    "v27-unknown", .unknown, .info, title: "v27 could not have judged it",
    meaning: "What v27 asks the node was not collected.",
    wrong: "Taking an empty qm list for no guests, as v27 does.")
}

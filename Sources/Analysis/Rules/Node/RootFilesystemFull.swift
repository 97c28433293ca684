import BundleFormat
import NodeState

extension Rule {
  /// The root file system is nearly full.
  static let rootFilesystemFull = Rule(
    "root-filesystem-full", nil, .warning, title: "The root file system is nearly full",
    RuleExplanation(
      meaning: "More than 90 % of the root file system is used.",
      harm: "pmxcfs turns read-only and LVM can't write its archive when it is full.",
      cause: "Logs, ISO images or backups on the root file system.",
      remedy: "Make room on /.",
      wrongRemedy: "Deleting /etc/lvm/archive: vgcfgrestore lives on it.",
      needs: [.filesystems],
      references: [
        "df(1)",
        "pve-docs, pmxcfs.adoc",
      ]),
    examine: { inventory in
      guard let percent = inventory.snapshot.host.metrics.rootFilesystemPercent, percent > 90 else {
        return []
      }
      return [
        NodeMatch(
          inventory.nodeName, "\(percent.percentWords) of the root file system is used.")
      ]
    })
}

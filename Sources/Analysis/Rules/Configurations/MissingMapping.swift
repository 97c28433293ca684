import BundleFormat
import NodeState

extension Rule {
  /// A running guest's disk that has no mapping.
  public static let missingMapping = Rule(
    "missing-mapping", nil, .warning, title: "A running guest's disk has no mapping",
    RuleExplanation(
      meaning: "The guest runs here, has the disk attached on an LVM storage, and no mapping of "
        + "the volume exists.",
      harm: "The guest uses something else, or nothing: a restart may bring another disk.",
      cause: "The disk was attached while the guest ran, or the mapping was removed behind it.",
      remedy: "Compare the guest's hardware with its process; restart it in a window.",
      wrongRemedy: "Making the mapping by hand with dmsetup create.",
      needs: [.guestConfigs, .storageCfg, .dmsetupInfo, .qemuProcesses, .containerSockets],
      uses: [.sysfsDM],
      references: [
        "proc_pid_cmdline(5), proc_pid_fd(5)",
        "pve-storage, src/PVE/Storage/LVMPlugin.pm: activate_volume",
      ]))
}

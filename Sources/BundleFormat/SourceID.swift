/// The name of one question that a collector asks a node, and of its answer in a bundle.
///
/// An entry is found by this id, never by its path or command line.
public enum SourceID: String, CaseIterable, Hashable, Sendable {
  // Without these, something on the node cannot be judged.
  case bootID = "boot-id"
  case machineID = "machine-id"
  case dmsetupInfo = "dmsetup-info"
  case dmsetupTable = "dmsetup-table"
  case lvs
  case vgs
  case pvs
  case storageCfg = "storage-cfg"
  case pveVmlist = "pve-vmlist"
  case pveMembers = "pve-members"
  case guestConfigs = "guest-configs"
  case qemuProcesses = "qemu-processes"
  case containerSockets = "container-sockets"

  // These sharpen a verdict, explain it, or describe the host.
  case dmsetupDeps = "dmsetup-deps"
  case dmsetupStatus = "dmsetup-status"
  case dmsetupTargets = "dmsetup-targets"
  case dmsetupUdevcookies = "dmsetup-udevcookies"
  case sysfsDM = "sysfs-dm"
  case deviceUsers = "device-users"
  case guestLocks = "guest-locks"
  case lvmconfig
  case lvmBackup = "lvm-backup"
  case qmList = "qm-list"
  case pctList = "pct-list"
  case tasksActive = "tasks-active"
  case multipath
  case iscsiSessions = "iscsi-sessions"
  case lsblk
  case devLinks = "dev-links"
  case fstab
  case kernelLog = "kernel-log"
  case services
  case haConfig = "ha-config"
  case replicationConfig = "replication-config"
  case clusterStatus = "cluster-status"
  case pveVersion = "pve-version"
  case packages
  case cpuInfo = "cpu-info"
  case cpuStat = "cpu-stat"
  case memory
  case load
  case pressure
  case uptime
  case hardware
  case filesystems
  case networkTraffic = "network-traffic"
  case zpoolList = "zpool-list"
  case zpoolStatus = "zpool-status"
  case topProcesses = "top-processes"

  /// Whether a bundle without this source is incomplete (`dmcollect` exits 1, `dmanalyze` 5).
  public var isRequired: Bool { Self.required.contains(self) }

  /// The required sources, in the order of the contract.
  public static let required: [SourceID] = [
    .bootID, .machineID, .dmsetupInfo, .dmsetupTable, .lvs, .vgs, .pvs, .storageCfg, .pveVmlist,
    .pveMembers, .guestConfigs, .qemuProcesses, .containerSockets,
  ]
}

import BundleFormat

/// Every question, in the order in which it is asked.
///
/// What holds secrets comes first, then what can move, then what is slow, LVM last. Nothing here
/// activates, mounts, locks, repairs or changes anything: `pvesm status`, `qm showcmd`, `pct df` and
/// LVM without `--readonly` do, and are never asked.
public enum Questionnaire {
  public static let all: [Question] =
    secretBearing + moving + identity + slow + deviceMapper + storage + cluster + host + lvm

  /// Files in which secrets may stand: all other answers are searched for what is found here.
  private static let secretBearing: [Question] = [
    Question(
      .storageCfg, .file("/etc/pve/storage.cfg"),
      why: "says which volume group each storage is, and whether it is shared"),
    Question(
      .guestConfigs,
      .files(
        ["/etc/pve/nodes/*/qemu-server/*.conf", "/etc/pve/nodes/*/lxc/*.conf"],
        folder: "/etc/pve/nodes"), twice: true,
      why: "says which guest refers to which volume, on all nodes of the cluster"),
    Question(.fstab, .file("/etc/fstab"), why: "names devices that the host itself mounts"),
    Question(
      .haConfig,
      .files(
        ["/etc/pve/ha/resources.cfg", "/etc/pve/ha/groups.cfg", "/etc/pve/ha/rules.cfg"],
        folder: "/etc/pve/ha"), why: "says which guests high availability may move"),
    Question(
      .replicationConfig, .file("/etc/pve/replication.cfg"),
      why: "says which guests' disks are copied to other nodes"),
  ]

  /// What changes while a node works; read at the start and at the end.
  private static let moving: [Question] = [
    Question(
      .dmsetupInfo,
      .command([
        "dmsetup", "info", "-c", "--manglename", "none", "--noheadings", "--separator", "|", "-o",
        "mangled_name,mangled_uuid,major,minor,open,segments,events,attr",
      ]), twice: true, why: "lists every mapping with its identity and open count"),
    Question(
      .dmsetupTable, .command(["dmsetup", "table", "--manglename", "none"]), twice: true,
      why: "shows which blocks each mapping leads to"),
    Question(
      .qemuProcesses, .probe(.qemuProcesses, looksAt: "/proc/*/cmdline /run/qemu-server/*.pid"),
      twice: true, why: "proves which virtual machines run here, and which disks they hold"),
    Question(
      .containerSockets, .probe(.containerSockets, looksAt: "/proc/net/unix"), twice: true,
      why: "proves which containers run here"),
    Question(
      .tasksActive, .file("/var/log/pve/tasks/active"), twice: true,
      why: "shows which guests a task works on right now"),
    Question(.cpuStat, .file("/proc/stat"), twice: true, why: "gives the use of the CPUs"),
    Question(.uptime, .file("/proc/uptime"), twice: true, why: "gives the time since the boot"),
    Question(
      .networkTraffic, .file("/proc/net/dev"), twice: true, why: "gives the traffic in and out"),
    Question(
      .topProcesses, .probe(.processTimes, looksAt: "/proc/*/stat"),
      why: "names what uses the CPUs most"),
  ]

  private static let identity: [Question] = [
    Question(
      .bootID, .file("/proc/sys/kernel/random/boot_id"),
      why: "tells a later script whether the node was rebooted since"),
    Question(
      .machineID, .file("/etc/machine-id"), why: "tells a later script whether it is on this node"),
    Question(
      .pveVmlist, .file("/etc/pve/.vmlist"), why: "says which guest lives on which node"),
    Question(
      .pveMembers, .file("/etc/pve/.members"), why: "names this node, its cluster and the quorum"),
    Question(
      .guestLocks,
      .probe(.guestLocks, looksAt: "/proc/locks /run/lock/qemu-server /run/lock/lxc"),
      why: "shows which guests somebody has locked"),
  ]

  /// Programs that take longest: started early, so that they don't make the run longer.
  private static let slow: [Question] = [
    Question(.qmList, .command(["qm", "list"]), why: "cross-checks which machines run"),
    Question(.pctList, .command(["pct", "list"]), why: "cross-checks which containers run"),
    Question(
      .clusterStatus, .command(["pvecm", "status"]), why: "shows membership and votes"),
    Question(
      .pveVersion, .command(["pveversion"]), why: "gives the versions of PVE and its kernel"),
    Question(
      .lsblk,
      .command([
        "lsblk", "-J", "-b", "-o", "NAME,KNAME,PKNAME,MAJ:MIN,TYPE,SIZE,RO,MOUNTPOINT,TRAN",
      ]), why: "shows how block devices are stacked"),
    Question(
      .packages,
      .command([
        "dpkg-query", "-W", "-f", "${binary:Package}\\t${Version}\\t${db:Status-Abbrev}\\n",
        "libpve-storage-perl", "qemu-server", "pve-container", "pve-manager", "lvm2", "dmsetup",
        "proxmox-ve", "pve-cluster", "multipath-tools",
      ]), why: "gives the versions whose faults are known"),
  ]
}

import BundleFormat

extension World {
  /// Every source of the node, as the tools of a real one print it.
  func bundle(bootID: String, machineID: String) -> NodeBundle {
    var assembly = BundleAssembly()
    addIdentity(to: &assembly, bootID: bootID, machineID: machineID)
    for reading in 1...2 {
      addMappings(to: &assembly, reading: reading)
      addGuests(to: &assembly, reading: reading)
    }
    addOnce(to: &assembly)
    addHost(to: &assembly)
    addLVM(to: &assembly)
    let node = Manifest.Node(
      name: nodeName, hostname: nodeName, machineID: machineID, bootID: bootID,
      cluster: otherNodes.isEmpty ? nil : "lab")
    return assembly.bundle(of: node, collectedAt: collectedAt)
  }

  private func addIdentity(
    to assembly: inout BundleAssembly, bootID: String, machineID: String
  ) {
    assembly.file(
      .bootID, "/proc/sys/kernel/random/boot_id", content: Array("\(bootID)\n".utf8))
    assembly.file(.machineID, "/etc/machine-id", content: Array("\(machineID)\n".utf8))
    let files = ClusterFiles(self)
    assembly.file(.storageCfg, "/etc/pve/storage.cfg", content: files.storages())
    assembly.file(.pveVmlist, "/etc/pve/.vmlist", content: files.vmlist())
    assembly.file(.pveMembers, "/etc/pve/.members", content: files.members())
  }

  private func addMappings(to assembly: inout BundleAssembly, reading: Int) {
    let text = DeviceMapperText(self, reading: reading)
    assembly.command(
      .dmsetupInfo,
      "dmsetup info -c --manglename none --noheadings --separator | -o "
        + "mangled_name,mangled_uuid,major,minor,open,segments,events,attr",
      output: text.info(reading: reading), reading: reading)
    assembly.command(
      .dmsetupTable, "dmsetup table --manglename none", output: text.table(), reading: reading)
    guard reading == 1 else { return }
    assembly.command(
      .dmsetupDeps, "dmsetup deps --manglename none", output: text.dependencies())
    assembly.command(
      .dmsetupStatus, "dmsetup status --noflush --manglename none", output: text.status())
    assembly.probe(.sysfsDM, of: "/sys/block/dm-*", output: text.sysfs())
    assembly.probe(.devLinks, of: "/dev/mapper /dev/disk/* /dev/*", output: text.links())
  }

  private func addGuests(to assembly: inout BundleAssembly, reading: Int) {
    let files = ClusterFiles(self)
    assembly.files(
      .guestConfigs, below: "/etc/pve/nodes", reading: reading,
      files.guests.map { guest in
        let content = files.configuration(of: guest, reading: reading)
        return (ClusterFiles.path(of: guest), content, ClusterFiles.liveDigest(of: content))
      })
    let probes = GuestProbes(self)
    assembly.probe(.qemuProcesses, of: "/proc", output: probes.processes(), reading: reading)
    assembly.probe(
      .containerSockets, of: "/proc/net/unix", output: probes.sockets(), reading: reading)
    assembly.file(
      .tasksActive, "/var/log/pve/tasks/active", content: probes.tasks(), reading: reading)
  }

  private func addOnce(to assembly: inout BundleAssembly) {
    let probes = GuestProbes(self)
    assembly.command(.dmsetupTargets, "dmsetup targets", output: Array(HostText.targets.utf8))
    assembly.command(
      .dmsetupUdevcookies, "dmsetup udevcookies", output: Array(HostText.cookies.utf8))
    assembly.probe(.deviceUsers, of: "/proc/*/fd", output: probes.deviceUsers())
    assembly.probe(.guestLocks, of: "/proc/locks", output: [])
    assembly.command(.qmList, "qm list", output: probes.machineList())
    assembly.command(.pctList, "pct list", output: probes.containerList())
    let blocks = BlockDevices(self)
    assembly.command(.multipath, "multipath -ll", output: blocks.multipath())
    let sessions = blocks.sessions()
    assembly.command(
      .iscsiSessions, "iscsiadm -m session", output: sessions,
      error: sessions.isEmpty ? Array("iscsiadm: No active sessions.\n".utf8) : [],
      exitCode: sessions.isEmpty ? 21 : 0)
    assembly.command(
      .lsblk, "lsblk -J -b -o NAME,KNAME,PKNAME,MAJ:MIN,TYPE,SIZE,RO,MOUNTPOINT,TRAN",
      output: blocks.tree())
  }

  private func addHost(to assembly: inout BundleAssembly) {
    func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
    let mounts = mounts.map { "\($0)\n" }.joined()
    assembly.file(.fstab, "/etc/fstab", content: bytes(HostText.fstab + mounts))
    assembly.command(.kernelLog, "dmesg", output: [])
    assembly.command(
      .services,
      "systemctl is-active pve-cluster pvestatd pvedaemon pveproxy qmeventd corosync multipathd udev",
      output: bytes(HostText.services))
    assembly.files(.haConfig, below: "/etc/pve/ha", [])
    assembly.missing(.replicationConfig, file: "/etc/pve/replication.cfg")
    assembly.command(
      .clusterStatus, "pvecm status",
      output: otherNodes.isEmpty
        ? [] : bytes(HostText.clusterStatus(nodes: [nodeName] + otherNodes)),
      exitCode: otherNodes.isEmpty ? 2 : 0)
    assembly.command(.pveVersion, "pveversion", output: bytes(HostText.version))
    assembly.command(.packages, "dpkg-query -W", output: bytes(HostText.packages))
    assembly.file(.cpuInfo, "/proc/cpuinfo", content: bytes(HostText.cpuInfo))
    assembly.file(.memory, "/proc/meminfo", content: bytes(HostText.memory))
    assembly.file(.load, "/proc/loadavg", content: bytes(HostText.load))
    assembly.files(
      .pressure, below: "/proc/pressure",
      ["cpu", "memory", "io"].map { ("/proc/pressure/\($0)", bytes(HostText.pressure), nil) })
    assembly.files(
      .hardware, below: "/sys/class/dmi/id",
      HostText.hardware.map { ("/sys/class/dmi/id/\($0.0)", bytes($0.1), nil) })
    assembly.command(.filesystems, "df -l -P -B1 -T", output: bytes(HostText.filesystems))
    assembly.missing(
      .zpoolList, command: "zpool list -H -p -o name,size,alloc,free,cap,health")
    assembly.missing(.zpoolStatus, command: "zpool status -x")
    assembly.probe(.topProcesses, of: "/proc", output: bytes(HostText.processes()))
    for reading in 1...2 {
      assembly.file(
        .cpuStat, "/proc/stat", content: bytes(HostText.cpuStat(reading: reading)),
        reading: reading)
      assembly.file(
        .uptime, "/proc/uptime", content: bytes(HostText.uptime(reading: reading)),
        reading: reading)
      assembly.file(
        .networkTraffic, "/proc/net/dev", content: bytes(HostText.network(reading: reading)),
        reading: reading)
    }
  }

  private func addLVM(to assembly: inout BundleAssembly) {
    let reports = LVMReports(self)
    let options = "--readonly --units b --nosuffix --reportformat json -o"
    assembly.command(
      .lvmconfig,
      "lvmconfig --type full devices/filter devices/global_filter devices/scan_lvs "
        + "devices/use_devicesfile global/event_activation activation/auto_activation_volume_list",
      output: Array(HostText.lvmSettings.utf8))
    assembly.files(.lvmBackup, below: "/etc/lvm/backup", [])
    assembly.command(
      .vgs,
      "vgs \(options) vg_name,vg_uuid,vg_attr,vg_size,vg_free,vg_extent_size,vg_seqno,pv_count,"
        + "lv_count,vg_missing_pv_count,vg_partial,vg_exported,vg_systemid,vg_lock_type",
      output: reports.volumeGroups())
    assembly.command(
      .pvs,
      "pvs \(options) pv_name,pv_uuid,vg_name,vg_uuid,pv_attr,pv_size,pv_free,pe_start,pv_missing,"
        + "pv_duplicate,pv_major,pv_minor,dev_size",
      output: reports.physicalVolumes())
    assembly.command(
      .lvs,
      "lvs -a \(options) vg_name,vg_uuid,lv_name,lv_uuid,lv_attr,lv_size,lv_dm_path,lv_layout,"
        + "lv_role,lv_tags,lv_autoactivation,lv_skip_activation,lv_time,lv_host,pool_lv,origin,"
        + "lv_parent,segtype,seg_start_pe,seg_size_pe,seg_pe_ranges,thin_id,stripes,stripe_size,"
        + "transaction_id,lv_health_status",
      output: reports.logicalVolumes(), error: reports.warnings())
  }
}

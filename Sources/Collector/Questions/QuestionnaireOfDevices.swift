import BundleFormat

extension Questionnaire {
  static let deviceMapper: [Question] = [
    Question(
      .dmsetupDeps, .command(["dmsetup", "deps", "--manglename", "none"]),
      why: "shows which mapping lies on which device"),
    Question(
      .dmsetupTargets, .command(["dmsetup", "targets"]),
      why: "gives the versions of the kernel's targets"),
    Question(
      .dmsetupUdevcookies, .command(["dmsetup", "udevcookies"]),
      why: "shows whether LVM waits for udev: a removal would hang"),
    Question(
      .sysfsDM, .probe(.sysfsMappings, looksAt: "/sys/block/dm-*"),
      why: "gives the kernel's own word on mappings and their holders"),
    Question(
      .deviceUsers, .probe(.deviceUsers, looksAt: "/proc/*/fd /proc/*/mountinfo /proc/swaps"),
      why: "names who holds a mapping open"),
    Question(
      .devLinks, .probe(.deviceLinks, looksAt: "/dev/mapper /dev/disk/* /dev/*"),
      why: "tells which device a path in a configuration is"),
  ]

  static let storage: [Question] = [
    Question(
      .multipath, .command(["multipath", "-ll"]),
      why: "shows whether a volume group lies on all its paths"),
    Question(
      .iscsiSessions, .command(["iscsiadm", "-m", "session"]), why: "shows where disks come from"),
    Question(
      .lvmBackup, .files(["/etc/lvm/backup/*"], folder: "/etc/lvm/backup"),
      why: "tells what this node last knew of a volume group"),
    Question(
      .filesystems, .command(["df", "-l", "-P", "-B1", "-T"]),
      why: "shows how full the local file systems are"),
    Question(
      .zpoolList, .command(["zpool", "list", "-H", "-p", "-o", "name,size,alloc,free,cap,health"]),
      why: "shows how full the ZFS pools are"),
    Question(
      .zpoolStatus, .command(["zpool", "status", "-x"]), why: "shows whether a ZFS pool is ill"),
  ]

  static let cluster: [Question] = [
    Question(
      .services,
      .command([
        "systemctl", "is-active", "pve-cluster", "pvestatd", "pvedaemon", "pveproxy", "qmeventd",
        "corosync", "multipathd", "udev",
      ]), why: "shows whether what keeps mappings in order runs")
  ]

  static let host: [Question] = [
    Question(
      .kernelLog, .command(["dmesg"]), why: "keeps the kernel's last words on mappings"),
    Question(.cpuInfo, .file("/proc/cpuinfo"), why: "names the CPUs and counts them"),
    Question(.memory, .file("/proc/meminfo"), why: "gives the use of memory"),
    Question(.load, .file("/proc/loadavg"), why: "gives the load averages"),
    Question(
      .pressure,
      .files(
        ["/proc/pressure/cpu", "/proc/pressure/memory", "/proc/pressure/io"],
        folder: "/proc/pressure"), why: "shows whether work waits for CPU, memory or disks"),
    Question(
      .hardware,
      .files(
        [
          "/sys/class/dmi/id/sys_vendor", "/sys/class/dmi/id/product_name",
          "/sys/class/dmi/id/product_version", "/sys/class/dmi/id/bios_version",
          "/sys/class/dmi/id/bios_date",
        ], folder: "/sys/class/dmi/id"), why: "names the hardware"),
  ]

  /// Asked last: metadata on a dead disk may hang. Read-only and without locks.
  static let lvm: [Question] = [
    Question(
      .dmsetupStatus, .command(["dmsetup", "status", "--noflush", "--manglename", "none"]),
      why: "shows how full thin pools are; without --noflush it would write"),
    Question(
      .lvmconfig,
      .command([
        "lvmconfig", "--type", "full", "devices/filter", "devices/global_filter",
        "devices/scan_lvs", "devices/use_devicesfile", "global/event_activation",
        "activation/auto_activation_volume_list",
      ]), why: "shows which disks LVM may see, and what it activates by itself"),
    Question(
      .lvs,
      .command(
        ["lvs", "-a"] + readOnlyReport + [
          "vg_name,vg_uuid,lv_name,lv_uuid,lv_attr,lv_size,lv_dm_path,lv_layout,lv_role,lv_tags,"
            + "lv_autoactivation,lv_skip_activation,lv_time,lv_host,pool_lv,origin,lv_parent,"
            + "segtype,seg_start_pe,seg_size_pe,seg_pe_ranges,thin_id,stripes,stripe_size,"
            + "transaction_id,lv_health_status"
        ]), why: "lists every volume with its identity and extents: what mappings should be"),
    Question(
      .vgs,
      .command(
        ["vgs"] + readOnlyReport + [
          "vg_name,vg_uuid,vg_attr,vg_size,vg_free,vg_extent_size,vg_seqno,pv_count,lv_count,"
            + "vg_missing_pv_count,vg_partial,vg_exported,vg_systemid,vg_lock_type"
        ]), why: "tells whether a volume group's metadata is whole"),
    Question(
      .pvs,
      .command(
        ["pvs"] + readOnlyReport + [
          "pv_name,pv_uuid,vg_name,vg_uuid,pv_attr,pv_size,pv_free,pe_start,pv_missing,"
            + "pv_duplicate,pv_major,pv_minor,dev_size"
        ]), why: "tells where on which disk an extent lies"),
  ]

  private static let readOnlyReport = [
    "--readonly", "--units", "b", "--nosuffix", "--reportformat", "json", "-o",
  ]
}

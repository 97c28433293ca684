/// What a healthy host of that size says of itself: nothing here moves a verdict.
enum HostText {
  static let services = "active\nactive\nactive\nactive\nactive\nactive\nactive\nactive\n"
  static let version = "pve-manager/9.0.6/49c767b70aeb6648 (running kernel: 6.14.8-2-pve)\n"
  static let load = "0.42 0.38 0.30 2/811 40211\n"
  static let cookies =
    "Cookie       Semid      Value      Last semop time           Last change time\n"

  static let packages = """
    dmsetup\t2:1.02.205-2\tii 
    libpve-storage-perl\t9.0.13\tii 
    lvm2\t2.03.31-2\tii 
    proxmox-ve\t9.0.0\tii 
    pve-cluster\t9.0.6\tii 
    pve-container\t6.0.9\tii 
    pve-manager\t9.0.6\tii 
    qemu-server\t9.0.18\tii 

    """

  static let targets = """
    multipath        v1.14.0
    thin-pool        v1.23.0
    thin             v1.23.0
    striped          v1.6.0
    linear           v1.4.0
    error            v1.7.0

    """

  static let lvmSettings = """
    filter=["a|.*|"]
    global_filter=["r|/dev/zd.*|","r|/dev/rbd.*|","r|/dev/nbd.*|"]
    scan_lvs=0
    use_devicesfile=0
    event_activation=1

    """

  static let fstab = """
    # <file system> <mount point> <type> <options> <dump> <pass>
    /dev/pve/root / ext4 errors=remount-ro 0 1
    /dev/pve/swap none swap sw 0 0
    proc /proc proc defaults 0 0

    """

  static let cpuInfo =
    (0..<4).map { core in
      """
      processor\t: \(core)
      vendor_id\t: GenuineIntel
      model name\t: Intel(R) Xeon(R) Silver 4310 CPU @ 2.10GHz
      cpu MHz\t\t: 2100.000


      """
    }.joined()

  static func cpuStat(reading: Int) -> String {
    let ticks = 100_000 + reading * 4000
    return """
      cpu  \(ticks) 0 \(ticks / 2) \(ticks * 9) 300 0 12 0 0 0
      cpu0 \(ticks) 0 \(ticks / 2) \(ticks * 9) 300 0 12 0 0 0
      intr 16297 9068 0
      ctxt 29034
      btime 1795000000
      processes 2566
      procs_running 1
      procs_blocked 0

      """
  }

  static let memory = """
    MemTotal:       131837420 kB
    MemFree:        61230280 kB
    MemAvailable:   80347360 kB
    Buffers:          511852 kB
    Cached:         10103760 kB
    SwapTotal:       8388604 kB
    SwapFree:        8388604 kB

    """

  static func uptime(reading: Int) -> String { "400\(100 + reading * 10).31 1500000.62\n" }

  static let pressure = """
    some avg10=0.00 avg60=0.12 avg300=0.05 total=1234567
    full avg10=0.00 avg60=0.00 avg300=0.00 total=123456

    """

  static let filesystems = """
    Filesystem           Type   1-blocks        Used   Available Capacity Mounted on
    /dev/mapper/pve-root ext4 100861726720 21474836480 74217136128      23% /
    tmpfs                tmpfs  67500752896           0 67500752896       0% /dev/shm

    """

  static func network(reading: Int) -> String {
    let bytes = 9_000_000 + reading * 125_000
    return """
      Inter-|   Receive                                                |  Transmit
       face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
          lo:    1000      10    0    0    0     0          0         0     1000      10    0    0    0     0       0          0
       vmbr0: \(bytes)   90000    0    0    0     0          0         0  \(bytes)   80000    0    0    0     0       0          0

      """
  }

  static let hardware = [
    ("sys_vendor", "Dell Inc.\n"), ("product_name", "PowerEdge R650\n"),
    ("product_version", "\n"), ("bios_version", "1.9.2\n"), ("bios_date", "11/17/2022\n"),
  ]

  static func processes() -> String {
    (0..<10).map { position in
      "{\"pid\":\(2000 + position),\"name\":\"kvm\",\"cpuPercent\":\(20 - position).5,"
        + "\"residentBytes\":\(1 << 30)}\n"
    }.joined()
  }

  static func clusterStatus(nodes: [String]) -> String {
    """
    Cluster information
    -------------------
    Name:             lab
    Config Version:   \(nodes.count)
    Transport:        knet
    Secure auth:      on

    Quorum information
    ------------------
    Date:             Sun Nov 22 20:05:18 2026
    Quorum provider:  corosync_votequorum
    Nodes:            \(nodes.count)
    Node ID:          0x00000001
    Ring ID:          1.2f
    Quorate:          Yes

    """
  }
}

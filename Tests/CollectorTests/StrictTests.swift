import BundleFormat
import Testing

@testable import Collector

/// `--redact strict`: names give way to pseudonyms, and all else parses as before.
struct StrictTests {
  private func makeNode() throws -> FakeNode {
    let node = try FakeNode()
    node.write(
      FakeNode.configuration,
      "name: payroll-db\ntags: finance;acme corp\nscsi0: san:vm-100-disk-0\nlock: backup\n")
    node.write(
      "/etc/pve/nodes/pvetwo/lxc/110.conf", "hostname: acme-mail\nrootfs: san:vm-110-disk-0\n")
    node.write(
      "/etc/pve/storage.cfg",
      "nfs: nas\n\tserver nas.acme.example\n\tnodes pve1,pvetwo\n\texport /srv/acme\n\n"
        + "iscsi: lun\n\tportal 192.0.2.99:3260\n\ttarget iqn.2001-05.example.acme:x\n")
    node.write(
      "/etc/pve/.members",
      #"{"nodename":"pve1","version":4,"cluster":{"name":"acmecluster","quorate":1},"nodelist":"#
        + #"{"pve1":{"id":1,"online":1,"ip":"192.0.2.11"},"pvetwo":{"id":2,"ip":"2001:db8::7"}}}"#)
    node.write(
      "/etc/pve/.vmlist", #"{"version":1,"ids":{"110":{"node":"pvetwo","type":"lxc"}}}"#)
    node.write(
      "/var/log/pve/tasks/active",
      "UPID:pve1:0001A2B3:00C0FFEE:6740AAAA:qmstart:100:joe@acme:\n")
    node.write("/etc/pve/replication.cfg", "local: 100-0\n\ttarget pvetwo\n\tcomment for acme\n")
    node.stub(
      "qm",
      "printf '      VMID NAME\\n       100 payroll-db   running  8192  32.00 4242      \\n'")
    node.stub(
      "pct",
      "printf 'VMID       Status     Lock         Name\\n"
        + "110        running                 acme-mail           \\n'")
    node.stub(
      "pvecm",
      "printf 'Name:             acmecluster\\n0x01 1 192.0.2.11 (local)\\n"
        + "0x02 1 pvetwo\\n'")
    node.stub("multipath", "echo 'pve1: no path to 192.0.2.11' >&2")
    node.stub("iscsiadm", "echo 'tcp: [1] 192.0.2.99:3260,1 iqn.2001-05.example.acme:x (x)'")
    node.stub(
      "lvs",
      "echo '{\"report\":[{\"lv\":[{\"lv_name\":\"vm-100-disk-0\","
        + "\"lv_tags\":\"pve-vm-100,acmetag\",\"lv_host\":\"pve1\"}]}]}'")
    return node
  }

  @Test func `no name is left, and ids and volumes are`() throws {
    let node = try makeNode()
    let run = try node.collect(["--redact", "strict"])
    #expect(run.exitCode == 0, "\(run.said)")
    let text = try node.text()
    for name in [
      "payroll", "acme", "finance", "pvetwo", "example.org", "192.0.2.", "2001:db8", "joe",
      "0123456789abcdef0123456789abcdef",
    ] {
      #expect(!text.contains(name), "\(name)")
    }
    let bundle = try node.read()
    #expect(bundle.manifest.redaction == .strict)
    let configuration = bundle.entries[bundle.positions(of: .guestConfigs)[0]]
    let lines = String(decoding: configuration.content ?? [], as: UTF8.self)
    #expect(lines.contains("scsi0: san:vm-100-disk-0\nlock: backup\n"))
    #expect(lines.hasPrefix("name: guest-"))
    #expect(configuration.result.liveDigest == nil)
    #expect(bundle.text(of: .lvs)?.contains("\"lv_tags\":\"pve-vm-100,tag-") == true)
    #expect(bundle.text(of: .storageCfg)?.contains(":3260\n") == true)
  }

  @Test func `a name has one pseudonym in all sources`() throws {
    let node = try makeNode()
    _ = try node.collect(["--redact", "strict"])
    let bundle = try node.read()
    let name = bundle.manifest.node.name
    #expect(name.hasPrefix("node-"))
    #expect(bundle.manifest.node.hostname == name)
    #expect(bundle.text(of: .pveMembers)?.contains("\"nodename\": \"\(name)\"") == true)
    #expect(bundle.text(of: .storageCfg)?.contains("nodes \(name),node-") == true)
    #expect(bundle.text(of: .tasksActive)?.hasPrefix("UPID:\(name):0001A2B3:") == true)
    #expect(bundle.text(of: .lvs)?.contains("\"lv_host\":\"\(name)\"") == true)
    let paths = bundle.positions(of: .guestConfigs).map { bundle.entries[$0].result.planned.path }
    #expect(paths.contains("files/etc/pve/nodes/\(name)/qemu-server/100.conf"))
    let errors = String(
      decoding: bundle.entry(of: .multipath)?.standardError ?? [], as: UTF8.self)
    #expect(errors.hasPrefix("\(name): no path to 10."))
    let configuration = String(
      decoding: bundle.entries[bundle.positions(of: .guestConfigs)[0]].content ?? [],
      as: UTF8.self)
    let guest = try #require(configuration.split(separator: "\n").first).dropFirst(6)
    #expect(bundle.text(of: .qmList)?.contains(" \(guest) ") == true)
    let cluster = try #require(bundle.manifest.node.cluster)
    #expect(bundle.text(of: .pveMembers)?.contains("\"name\": \"\(cluster)\"") == true)
    #expect(bundle.text(of: .clusterStatus)?.contains("Name:             \(cluster)\n") == true)
  }

  @Test func `a label that names a host is replaced, and still leads to its device`() throws {
    let node = try makeNode()
    node.write("/sys/class/block/sdb1/dev", "8:17\n")
    node.link("/dev/disk/by-label/acme-mail", to: "../../sdb1")
    node.link("/dev/disk/by-uuid/12-34", to: "../../sdb1")
    _ = try node.collect(["--redact", "strict"])
    let links = try #require(try node.read().text(of: .devLinks))
    #expect(!links.contains("acme-mail"))
    #expect(links.contains(#"{"path":"/dev/disk/by-label/host-"#))
    #expect(links.contains(#"{"path":"/dev/disk/by-uuid/12-34","device":"8:17"}"#))
  }

  @Test func `an address has one pseudonym in all sources`() throws {
    let node = try makeNode()
    node.write("/etc/pve/storage.cfg", "iscsi: lun\n\tportal 192.0.2.11\n\ttarget iqn.x:y\n")
    _ = try node.collect(["--redact", "strict"])
    let bundle = try node.read()
    let portal = try #require(
      bundle.text(of: .storageCfg)?.split(separator: "\n").dropFirst().first)
    let address = try #require(portal.split(separator: " ").last)
    #expect(address.hasPrefix("10."))
    #expect(bundle.text(of: .pveMembers)?.contains("\"\(address)\"") == true)
    #expect(bundle.text(of: .clusterStatus)?.contains("0x01 1 \(address) (local)") == true)
  }

  @Test func `addresses and nodes' names are found wherever they stand`() throws {
    let node = try makeNode()
    node.write(
      "/etc/pve/storage.cfg",
      "nfs: n\n\tserver\tnas.acme.example\n\tnodes\tpve1,pvetwo\n\toptions vers=4,addr=192.0.2.7\n")
    node.write(
      "/etc/fstab",
      " nas.acme.example:/x /mnt nfs addr=192.0.2.7,clientaddr=[2001:db8::9] 0 0\n"
        + "LABEL=acme /srv ext4 rw 0 0\n/dev/pve1/root / ext4 rw 0 1\n")
    node.write(
      "/var/log/pve/tasks/active",
      "UPID:pve1:0001A2B3:00C0FFEE:6740AAAA:vncshell:pvetwo:joe@acme: 1 6740AAAB "
        + "migration to pvetwo (192.0.2.8) failed\n"
        + "UPID:pve1:0001A2B3:00C0FFEE:6740AAAA:aptupdate::joe@acme:\n")
    node.write("/etc/lvm/backup/san", "# by pve1\ncreation_host = \"pve1\"\nsan {\n}\n")
    node.stub("dmesg", "echo 'device-mapper: peer pvetwo.acme.example: 2001:db8::5, 192.0.2.9.'")
    node.stub(
      "lvs",
      "echo '{\"report\":[{\"lv\":[{\"lv_host\" : \"pve1\",\"lv_tags\" : \"acme\"}]}]}'; "
        + "echo 'pvetwo: gone' >&2")
    let run = try node.collect(["--redact", "strict"])
    #expect(run.exitCode == 0, "\(run.said)")
    let text = try node.text()
    for name in ["pvetwo", "acme", "192.0.2.", "2001:db8", "joe"] {
      #expect(!text.contains(name), "\(name)")
    }
    let bundle = try node.read()
    let name = bundle.manifest.node.name
    let tasks = try #require(bundle.text(of: .tasksActive))
    #expect(tasks.hasPrefix("UPID:\(name):0001A2B3:00C0FFEE:6740AAAA:vncshell:node-"))
    #expect(tasks.contains("UPID:\(name):0001A2B3:00C0FFEE:6740AAAA:aptupdate::user-"))
    // A volume group may be called like a node.
    #expect(bundle.text(of: .fstab)?.contains("/dev/pve1/root / ext4 rw 0 1\n") == true)
  }

  @Test func `names in files, groups, storages and interfaces give way, too`() throws {
    let node = try makeNode()
    node.write(
      FakeNode.configuration,
      "scsi0: san:vm-100-disk-0,size=1G\nscsi1: /mnt/pvetwo-data/192.0.2.77/disk.raw,size=1G\n"
        + "ide2: nas:iso/pvetwo.iso,media=cdrom\nscsi2: /dev/pvetwo/vm-100-disk-1\n")
    node.write(
      "/etc/pve/storage.cfg",
      "zfs: z\n\tcomstar_hg pvetwo-hg\n\tcomstar_tg tg-pvetwo\n\tpool tank\n\n"
        + "dir: d\n\tpath /srv\n\tcontent-dirs iso=iso/pvetwo\n")
    node.write("/etc/pve/ha/resources.cfg", "vm: 100\n\tgroup prefer-pvetwo\n")
    node.write(
      "/etc/pve/ha/groups.cfg", "group: prefer-pvetwo\n\tnodes pvetwo:2\n\tcomment x\n")
    node.write(
      "/proc/net/dev",
      "Inter-|   Receive\n face |bytes\n enx00e04c680001: 1 2 0 0 0 0 0 0 3 4 0 0 0 0 0 0\n")
    let run = try node.collect(["--redact", "strict"])
    #expect(run.exitCode == 0, "\(run.said)")
    let text = try node.text()
    // A volume group may be called like a node.
    let kept = "scsi2: /dev/pvetwo/vm-100-disk-1\n"
    #expect(text.contains(kept))
    for name in ["pvetwo", "192.0.2.", "00e04c"] {
      #expect(!text.replacing(kept, with: "").contains(name), "\(name)")
    }
    #expect(text.contains("scsi0: san:vm-100-disk-0,size=1G\n"))
  }

  @Test func `a line or report of one kind takes no longer than its length`() throws {
    let strict = StrictRedaction(
      pseudonyms: Pseudonyms(machineID: "0"), nodeNames: ["pve1", "pvetwo"])
    let links = Array(
      ("args: " + String(repeating: "/dev/disk/by-label/x ", count: 5000) + "\n").utf8)
    let names = Array(
      ("path /" + String(repeating: "pve1-pvetwo/", count: 5000) + "\n").utf8)
    let rows = Array(String(repeating: "{\"lv_host\":\"pve1\"},\n", count: 10_000).utf8)
    for (bytes, source) in [
      (links, SourceID.guestConfigs), (names, .fstab), (rows, .lvs),
    ] {
      // A fifth of the bytes takes a fifth of the time; squared, it would be a twenty-fifth.
      let clock = ContinuousClock()
      let short = Array(bytes.prefix(bytes.count / 5))
      let part = (0..<3).map { _ in clock.measure { _ = strict.redact(short, of: source) } }.min()!
      let whole = clock.measure { _ = strict.redact(bytes, of: source) }
      #expect(whole < part * 15, "\(source): \(part), \(whole)")
    }
  }

  @Test func `a disk's label and its target have one pseudonym in all sources`() throws {
    let node = try makeNode()
    let paths = [
      "by-label/acme-mail", "by-path/ip-192.0.2.99:3260-iscsi-iqn.2001-05.example.acme:x-lun-1",
    ].map { "/dev/disk/\($0)" }
    node.write("/sys/class/block/sdb/dev", "8:16\n")
    for path in paths { node.link(path, to: "../../sdb") }
    node.write(
      FakeNode.configuration,
      "scsi0: \(paths[0]),size=1G\nscsi1: \(paths[1])\ndescription: on \(paths[0]).\n")
    node.write(
      "/proc/4242/cmdline",
      "/usr/bin/kvm\0-id\u{0}100\0-drive\0file=\(paths[0]),if=none\0-drive\0file=\(paths[1])\0")
    _ = try node.collect(["--redact", "strict"])
    let bundle = try node.read()
    #expect(try !node.text().contains("acme"))
    let links = try #require(bundle.text(of: .devLinks)).split(separator: "\n").map {
      String($0.split(separator: "\"")[3])
    }
    #expect(links.count == 2)
    let configuration = try #require(
      bundle.positions(of: .guestConfigs).map {
        String(decoding: bundle.entries[$0].content ?? [], as: UTF8.self)
      }.first { $0.contains("scsi0") })
    let processes = try #require(bundle.text(of: .qemuProcesses))
    for link in links {
      #expect(configuration.contains(": \(link)"), "\(link)")
      #expect(processes.contains("\"\(link)\""), "\(link)")
    }
    #expect(configuration.contains("<redacted> \(links[0]).\n"))
    #expect(links[1].hasPrefix("/dev/disk/by-path/ip-10.") && links[1].hasSuffix("-lun-1"))
  }

  @Test func `a path over the network has one pseudonym wherever it stands`() throws {
    let node = try makeNode()
    let target = "iqn.2001-05.example.acme:x"
    let paths = ["", "pci-0000:03:00.0-"].map {
      "/dev/disk/by-path/\($0)ip-192.0.2.99:3260-iscsi-\(target)-lun-1"
    }
    node.write("/sys/class/block/sdb/dev", "8:16\n")
    for path in paths + ["/dev/disk/by-path/pci-0000:03:00.0-sas-exp0"] {
      node.link(path, to: "../../sdb")
    }
    node.write(
      "/proc/4242/cmdline", "/usr/bin/kvm\0-id\u{0}100\0-blockdev\0{\"filename\":\"\(paths[1])\"}\0"
    )
    node.stub("lvmconfig", "echo 'filter=[\"a|\(paths[0])|\",\"r|.*ip-192.0.2.99.*|\"]'")
    node.stub("pvs", "echo '{\"report\":[{\"pv\":[{\"pv_name\":\"\(paths[1])\"}]}]}'")
    node.stub(
      "lvs",
      "echo '{\"report\":[{\"lv\":[{\"seg_pe_ranges\":\"\(paths[1]):0-9\"}]}]}'; "
        + "echo '  WARNING: \(paths[1]): no PVID; \(target) at 192.0.2.99:3260.' >&2")
    node.stub("multipath", "echo 'mpatha (36) dm-3 X,Y pvetwo 192.0.2.99'")
    node.stub("dmesg", "echo 'dm-3: ip-192.0.2.99:3260-iscsi-\(target)-lun-1 of pvetwo'")
    let run = try node.collect(["--redact", "strict"])
    #expect(run.exitCode == 0, "\(run.said)")
    for name in ["acme", "192.0.2.", "pvetwo"] {
      #expect(try !node.text().contains(name), "\(name)")
    }
    let bundle = try node.read()
    let links = try #require(bundle.text(of: .devLinks)).split(separator: "\n").map {
      String($0.split(separator: "\"")[3])
    }
    try #require(links.count == 3)
    #expect(links[1].hasPrefix("/dev/disk/by-path/pci-0000:03:00.0-ip-10."))
    #expect(links[2] == "/dev/disk/by-path/pci-0000:03:00.0-sas-exp0")
    #expect(bundle.text(of: .qemuProcesses)?.contains("\"\(links[1])\"") == true)
    #expect(bundle.text(of: .lvmconfig)?.contains("a|\(links[0])|") == true)
    #expect(bundle.text(of: .pvs)?.contains("\"\(links[1])\"") == true)
    #expect(bundle.text(of: .lvs)?.contains("\"\(links[1]):0-9\"") == true)
    let said = String(decoding: bundle.entry(of: .lvs)?.standardError ?? [], as: UTF8.self)
    let name = try #require(bundle.text(of: .iscsiSessions)?.split(separator: " ")[3])
    let address = try #require(
      bundle.text(of: .iscsiSessions)?.split(separator: " ")[2].dropLast(2))
    #expect(said == "  WARNING: \(links[1]): no PVID; \(name) at \(address).\n")
    #expect(bundle.text(of: .kernelLog)?.contains("-iscsi-\(name)-lun-1 of node-") == true)
    #expect(bundle.text(of: .multipath)?.hasPrefix("mpatha (36) dm-3 X,Y node-") == true)
  }

  @Test func `what stands behind the mark is replaced, and what no table fits`() throws {
    let node = try makeNode()
    node.write(
      "/etc/pve/storage.cfg",
      "nfs: nas\n\tserver root@nas.acme.example\n\tserver: nas.acme.example\n\tpath /mnt/pvetwo-b\n"
        + "\tmonhost u:p@mon.acme.example:6789,192.0.2.7\n\tdomain u@acme\n\tshare x@acme\n")
    node.stub(
      "qm",
      "printf '      VMID NAME\\n  100 payroll db running\\n 101 payroll db\\n 102 payroll\\n"
        + " 103 my payroll running 2048 32.00 0\\n'")
    node.stub("pct", "printf 'VMID Status Lock Name\\n110 acme-mail\\n111 running\\n'")
    node.stub(
      "df",
      "printf '/dev/mapper/pve1-root ext4 1 1 1 1%% /mnt/pvetwo-b\\nb-pvetwo zfs 1 1 1 1%% /mnt/pve1\\n'"
    )
    node.stub("zpool", "printf 'b-pvetwo\\t1\\t1\\t0\\t1\\tONLINE\\n'")
    node.stub(
      "lsblk",
      "echo '{\"blockdevices\":[{\"name\":\"pve1-root\",\"mountpoint\":\"/srv/pvetwo.acme.example\"}]}'"
    )
    let run = try node.collect(["--redact", "strict"])
    #expect(run.exitCode == 0, "\(run.said)")
    for name in ["acme", "192.0.2.", "pvetwo", "payroll", " my "] {
      #expect(try !node.text().contains(name), "\(name)")
    }
    let bundle = try node.read()
    let storage = try #require(bundle.text(of: .storageCfg))
    #expect(
      storage.contains("server <redacted>@host-") && storage.contains("share <redacted>@host-"))
    #expect(storage.contains(":6789,10."))
    #expect(bundle.text(of: .qmList)?.contains(" running\n") == true)
    #expect(bundle.text(of: .pctList)?.contains("111 running\n") == true)
    let pool = try #require(bundle.text(of: .zpoolList)?.split(separator: "\t").first)
    let files = try #require(bundle.text(of: .filesystems))
    #expect(files.hasPrefix("/dev/mapper/pve1-root ext4 1 1 1 1% /mnt/node-"))
    #expect(files.contains("\n\(pool) zfs 1 1 1 1% /mnt/\(bundle.manifest.node.name)\n"))
    #expect(bundle.text(of: .lsblk)?.contains("\"pve1-root\",\"mountpoint\":\"/srv/node-") == true)
  }

  @Test func `times, versions and PCI addresses are no addresses`() {
    let pseudonyms = Pseudonyms(machineID: "x")
    for text in [
      "12:34:56", "0000:03:00.0", "2.03.16", "52:54:00:12:34:56", "a::b::c", "update::root", "x: y",
    ] {
      #expect(pseudonyms.addresses(in: text) == text)
    }
    for text in ["192.0.2.1", "fd00::1", "[fd00::1]:3260", "addr:192.0.2.1.", "to fd00::1: no"] {
      let replaced = pseudonyms.addresses(in: text)
      #expect(!replaced.contains("192.0.2.1") && !replaced.contains("fd00::1"), "\(text)")
    }
  }

  @Test func `pseudonyms are the same in every run and others on another node`() throws {
    let node = try makeNode()
    _ = try node.collect(["--redact", "strict"])
    let first = try node.read()
    _ = try node.collect(["--redact", "strict"])
    let second = try node.read()
    #expect(first.manifest.node == second.manifest.node)
    #expect(first.text(of: .guestConfigs) == second.text(of: .guestConfigs))
    node.write("/etc/machine-id", "ffffffffffffffffffffffffffffffff\n")
    _ = try node.collect(["--redact", "strict"])
    let other = try node.read()
    #expect(other.manifest.node.name != first.manifest.node.name)
    #expect(other.manifest.node.machineID != first.manifest.node.machineID)
  }
}

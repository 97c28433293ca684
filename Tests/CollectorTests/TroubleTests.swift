import BundleFormat
import Glibc
import Testing

/// Runs in which a tool or the node misbehaves: the bundle still comes, and says what is lacking.
struct TroubleTests {
  @Test func `a hung tool doesn't stop the run, and what it had said is kept`() throws {
    let node = try FakeNode()
    node.stub("multipath", "echo half; trap '' TERM; while :; do sleep 1; done")
    let run = try node.collect(["--timeout", "1"])
    #expect(run.exitCode == 0, "\(run.said)")
    #expect(run.milliseconds < 30_000)
    let entry = try #require(try node.read().entry(of: .multipath))
    #expect(entry.result.status == .timedOut)
    #expect(entry.result.signal == Int(SIGKILL))
    #expect(entry.content == Array("half\n".utf8))
  }

  @Test func `a hung required source ends with status 1 and is not asked again`() throws {
    let node = try FakeNode()
    node.stub("dmsetup", "[ \"$1\" = info ] && sleep 60; exit 0")
    let run = try node.collect(["--timeout", "0.5"])
    #expect(run.exitCode == 1)
    #expect(run.said.contains("dmsetup-info: timedOut"))
    let bundle = try node.read()
    #expect(bundle.status(of: .dmsetupInfo) == .timedOut)
    #expect(bundle.status(of: .dmsetupInfo, reading: 2) == .skipped)
    #expect(try node.calls().count { $0.hasPrefix("dmsetup info") } == 1)
  }

  @Test func `a required source that fails at its second reading ends with status 1`() throws {
    let node = try FakeNode()
    node.stub(
      "dmsetup",
      "[ \"$1\" = info ] && [ $(grep -c '^dmsetup info' '\(node.folder)/log') -gt 1 ] && exit 1\nexit 0"
    )
    let run = try node.collect()
    #expect(run.exitCode == 1)
    #expect(run.said.contains("dmsetup-info, second reading: exit code 1"), "\(run.said)")
  }

  @Test func `after the run's deadline the rest is skipped`() throws {
    let node = try FakeNode()
    node.stub("lvs", "sleep 60")
    let run = try node.collect(["--deadline", "0.7"])
    #expect(run.exitCode == 1)
    #expect(run.milliseconds < 30_000)
    let bundle = try node.read()
    #expect(bundle.status(of: .lvs) == .timedOut)
    #expect(bundle.status(of: .guestConfigs, reading: 2) == .skipped)
  }

  @Test func `a flood is cut at its limit`() throws {
    let node = try FakeNode()
    node.stub("iscsiadm", "while :; do echo 0123456789012345678901234567890123456789; done")
    let run = try node.collect(["--max-bytes", "300K"])
    #expect(run.exitCode == 0 || run.exitCode == 1)
    let entry = try #require(try node.read().entry(of: .iscsiSessions))
    #expect(entry.result.status == .truncated)
    #expect(entry.result.sizeBytes <= 300 << 10)
    #expect(entry.content?.starts(with: Array("0123456789".utf8)) == true)
  }

  @Test func `repeated and endless lines are cut to what a reader takes`() throws {
    let node = try FakeNode()
    node.stub("iscsiadm", "yes 'multipath: error calling out /lib/udev/scsi_id'")
    node.stub("multipath", "head -c 3000000 /dev/zero | tr '\\0' x; echo; echo end")
    node.write("/etc/fstab", String(repeating: "\0", count: 17 << 20))
    // The size is to end it, also where the time that it takes is a debug build's on a busy machine.
    let run = try node.start(
      "exec \"$0\" \"$@\"",
      ["-o", node.bundle, "--format", "zst", "--timeout", "300", "--deadline", "600"],
      timeoutSeconds: 600)
    #expect(run.exitCode == 0, "\(run.said)")
    let bundle = try node.read()
    for source in [SourceID.iscsiSessions, .multipath, .fstab] {
      #expect(bundle.status(of: source) == .truncated, "\(source)")
    }
  }

  @Test func `a name that no bundle can hold fails, and the rest is kept`() throws {
    let node = try FakeNode()
    let folder = "'\(node.folder)/root/etc/pve/nodes/pve1/qemu-server'"
    _ = try FakeNode.shell(
      "cd \(folder) && touch \"$(printf '1\\0011.conf')\" \"$(printf '2\\377.conf')\"")
    let run = try node.collect()
    #expect(run.exitCode == 1)
    let bundle = try node.read()
    let results = bundle.positions(of: .guestConfigs).map { bundle.entries[$0].result }
    #expect(results.filter { $0.status == .failed }.count == 2)
    #expect(results.filter { $0.status == .collected }.count == 1)
    #expect(results.contains { $0.planned.path.hasSuffix("/1?1.conf") })
  }

  @Test func `links below another root stay below it, and devices are not opened`() throws {
    let node = try FakeNode()
    try node.remove("/etc/machine-id")
    node.link("/etc/machine-id", to: "/elsewhere/id")
    node.write("/elsewhere/id", "fedcba9876543210fedcba9876543210\n")
    try node.remove("/etc/pve/storage.cfg")
    node.link("/etc/pve/storage.cfg", to: "/etc/passwd")
    node.link("/etc/fstab", to: "../../../../../../../../etc/passwd")
    let run = try node.collect()
    #expect(run.exitCode == 1)
    #expect(run.said.contains("storage-cfg: missing"), "\(run.said)")
    let bundle = try node.read()
    #expect(bundle.manifest.node.machineID == "fedcba9876543210fedcba9876543210")
    #expect(bundle.status(of: .fstab) == .missing)
    #expect(try !node.text().contains("root:x:0"))
  }

  @Test func `a field that LVM doesn't know is left out, and the rest asked again`() throws {
    let node = try FakeNode()
    node.stub(
      "lvs",
      """
      case "$*" in
        *lv_autoactivation*) echo '  Unrecognised field: lv_autoactivation' >&2; exit 5 ;;
        *lv_health_status*) echo '  Unrecognised field: lv_health_status' >&2; exit 5 ;;
      esac
      echo '{"report":[{"lv":[]}]}'
      """)
    let run = try node.collect()
    #expect(run.exitCode == 0, "\(run.said)")
    let result = try #require(try node.read().entry(of: .lvs)).result
    #expect(result.exitCode == 0)
    #expect(result.standardError == nil)
    let fields = try #require(result.planned.argv?.last).split(separator: ",")
    #expect(!fields.contains("lv_autoactivation") && !fields.contains("lv_health_status"))
    #expect(fields.contains("lv_uuid"))
    #expect(try node.calls().count { $0.hasPrefix("lvs ") } == 3)
  }

  @Test func `a setting that LVM doesn't have is left out, and the rest asked again`() throws {
    let node = try FakeNode()
    node.stub(
      "lvmconfig",
      """
      case "$*" in
        *auto_activation*)
          echo '  Configuration node activation/auto_activation_volume_list not found' >&2; exit 5 ;;
      esac
      echo 'scan_lvs=0'
      """)
    #expect(try node.collect().exitCode == 0)
    let entry = try #require(try node.read().entry(of: .lvmconfig))
    #expect(entry.result.exitCode == 0)
    #expect(entry.content == Array("scan_lvs=0\n".utf8))
    #expect(entry.result.planned.argv?.contains("devices/scan_lvs") == true)
  }

  @Test func `a tool that knows none of the settings is not asked for all there are`() throws {
    let node = try FakeNode()
    node.stub(
      "lvmconfig",
      """
      case "$*" in */*) ;; *) echo 'everything'; exit ;; esac
      for word in "$@"; do echo "  Configuration node $word not found" >&2; done
      exit 5
      """)
    _ = try node.collect()
    let entry = try #require(try node.read().entry(of: .lvmconfig))
    #expect(entry.content == [])
    #expect(entry.result.exitCode == 5)
  }

  @Test func `a tool that fails for another reason is asked once`() throws {
    let node = try FakeNode()
    node.stub("vgs", "echo '  Permission denied' >&2; exit 5")
    let run = try node.collect()
    #expect(run.exitCode == 1)
    #expect(run.said.contains("vgs: exit code 5"))
    let entry = try #require(try node.read().entry(of: .vgs))
    #expect(entry.result.status == .collected)
    #expect(entry.result.exitCode == 5)
    #expect(String(decoding: entry.standardError, as: UTF8.self) == "  Permission denied\n")
    #expect(try node.calls().count { $0.hasPrefix("vgs ") } == 1)
  }

  @Test func `a tool that isn't installed is missing, one that can't be run has failed`() throws {
    let node = try FakeNode()
    unlink("\(node.folder)/bin/pvecm")
    chmod("\(node.folder)/bin/pct", 0o644)
    #expect(try node.collect().exitCode == 0)
    let bundle = try node.read()
    #expect(bundle.status(of: .clusterStatus) == .missing)
    #expect(bundle.status(of: .pctList) == .failed)
  }

  @Test func `without pmxcfs the guests are missing, without guests there are none`() throws {
    let node = try FakeNode()
    try node.remove("/etc/pve/nodes/pve1/qemu-server/100.conf")
    #expect(try node.collect().exitCode == 0)
    #expect(try node.read().status(of: .guestConfigs) == .collected)
    try node.remove("/etc/pve/nodes")
    let run = try node.collect()
    #expect(run.exitCode == 1)
    #expect(run.said.contains("guest-configs: missing"))
    #expect(try node.read().status(of: .guestConfigs) == .missing)
  }

  @Test func `a file that is none fails and nothing hangs`() throws {
    let node = try FakeNode()
    try node.remove("/etc/pve/storage.cfg")
    mkfifo("\(node.folder)/root/etc/pve/storage.cfg", 0o600)
    let run = try node.collect()
    #expect(run.exitCode == 1)
    #expect(try node.read().status(of: .storageCfg) == .failed)
  }

  @Test func `what the kernel doesn't say is not taken for nothing`() throws {
    let node = try FakeNode()
    try node.remove("/proc/net/unix")
    let run = try node.collect()
    #expect(run.exitCode == 1)
    #expect(run.said.contains("container-sockets: failed"))
    let bundle = try node.read()
    #expect(bundle.status(of: .containerSockets) == .failed)
    #expect(bundle.status(of: .sysfsDM) == .failed)
    #expect(bundle.status(of: .guestLocks) == .failed)
    #expect(bundle.status(of: .qemuProcesses) == .collected)
  }

  @Test func `only and skip choose the questions`() throws {
    let node = try FakeNode()
    let only = try node.collect(["--only", "lvs,vgs"])
    #expect(only.exitCode == 1)
    #expect(only.said.contains("dmsetup-info: skipped"))
    #expect(try node.calls().allSatisfy { $0.hasPrefix("lvs ") || $0.hasPrefix("vgs ") })
    let skip = try node.collect(["--skip", "qm-list"])
    #expect(skip.exitCode == 0)
    #expect(try node.read().status(of: .qmList) == .skipped)
    #expect(try !node.calls().contains { $0.hasPrefix("qm ") })
  }

  @Test func `nothing is called that changes the node`() throws {
    let node = try FakeNode()
    for tool in ["pvesm", "blkid", "vgscan", "pvscan", "lvchange", "vgchange", "mount", "kpartx"] {
      node.stub(tool, "exit 0")
    }
    _ = try node.collect()
    let calls = try node.calls()
    #expect(calls.count > 15)
    for call in calls {
      let words = call.split(separator: " ")
      switch words[0] {
      case "lvs", "vgs", "pvs": #expect(words.contains("--readonly"))
      case "qm", "pct": #expect(words == [words[0], "list"])
      case "dmsetup":
        #expect(["info", "table", "deps", "status", "targets", "udevcookies"].contains(words[1]))
        #expect(!call.contains("--showkeys"))
        if words[1] == "status" { #expect(words.contains("--noflush")) }
      default:
        #expect(
          [
            "pvecm", "pveversion", "lsblk", "dpkg-query", "multipath", "iscsiadm", "df", "zpool",
            "systemctl", "dmesg", "lvmconfig",
          ].contains(words[0]))
      }
    }
    #expect(try !node.text().contains("/etc/pve/priv"))
  }
}

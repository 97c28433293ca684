import BundleFormat
import Testing

/// Secrets planted wherever PVE allows them: none may be in the bundle.
struct SecretTests {
  /// Everything that must not be found, in any section of any kind of file.
  private let planted = [
    "Hunter2-cipassword", "Hunter2-pending", "Hunter2-snapshot", "Hunter2-cloudinit",
    "Hunter2-spice", "Hunter2-secretobject", "Hunter2-json", "Hunter2-url", "Hunter2-comment",
    "Hunter2-description", "Hunter2-container", "Hunter2-environment", "Hunter2-thirdparty",
    "Hunter2-token", "Hunter2-unknownkey", "Hunter2-cifs", "Hunter2-fstab", "Hunter2-fstaburl",
    "Hunter2-misplaced", "Hunter2-dropped",
    "AAAAC3NzaC1lZDI1NTE5AAAAIHunter2sshkeys0123456789abcdef",
    "aabbccddeeff00112233445566778899", "root@laptop",
  ]

  private func plant(in node: FakeNode) {
    node.write(
      FakeNode.configuration,
      """
      #note: password=Hunter2-comment
      args: -spice port=1,password=Hunter2-spice -object secret,id=s0,data=Hunter2-secretobject \
      -blockdev {"password":"Hunter2-json"} -cdrom https://user:Hunter2-url@host/x.iso \
      -drive file=/dev/vg_san/vm-100-disk-7
      cipassword: Hunter2-cipassword
      description: the secret%3A Hunter2-description%0A see local-lvm%3Avm-100-disk-9
      name: web
      scsi0: san:vm-100-disk-0,size=1G
      sshkeys: ssh-ed25519%20AAAAC3NzaC1lZDI1NTE5AAAAIHunter2sshkeys0123456789abcdef%20root%40laptop%0A
      token Hunter2-dropped on san:vm-100-disk-8

      [PENDING]
      cipassword: Hunter2-pending

      [before]
      cipassword: Hunter2-snapshot
      scsi0: san:vm-100-disk-0,size=1G

      [special:cloudinit]
      cipassword: Hunter2-cloudinit

      """)
    node.write(
      "/etc/pve/nodes/pve1/lxc/110.conf",
      """
      # api_token: Hunter2-container
      hostname: ct
      lxc.environment: DB_PASSWORD=Hunter2-environment
      lxc.mount.entry = /dev/vg_san/vm-110-disk-5 mnt none bind
      lxc.cgroup2.devices.allow: b 253:7 rwm
      lxc.cgroup2.devices.allow: Hunter2-rule
      lxc.mount.entry: /dev/disk/by-label/my\\x20disk mnt ext4
      rootfs: san:vm-110-disk-0,size=1G

      """)
    node.write(
      "/etc/pve/storage.cfg",
      """
      password Hunter2-misplaced
      lvm: san
      \tvgname vg_san
      \tshared 1

      cifs: share
      \tpath /mnt/pve/share
      \tserver 192.0.2.77
      \tpassword Hunter2-cifs

      vendorsan: fast
      \tvgname vg_fast
      \tvendor_password Hunter2-thirdparty
      \tapitoken Hunter2-token
      \tvendor_blob Hunter2-unknownkey

      """)
    node.write(
      "/etc/fstab",
      """
      /dev/pve/root / ext4 errors=remount-ro 0 1
      //nas/x /mnt/x cifs username=me,password=Hunter2-fstab 0 0
      curlftpfs#me:Hunter2-fstaburl@host /mnt/y fuse rw 0 0

      """)
    node.stub(
      "dmsetup",
      """
      [ "$1" = table ] && echo \
      'luks: 0 100 crypt aes-xts-plain64 aabbccddeeff00112233445566778899 0 8:3 4096'
      exit 0
      """)
  }

  @Test func `no planted secret is in the bundle, in either redaction`() throws {
    let node = try FakeNode()
    plant(in: node)
    for redaction in ["standard", "strict"] {
      let run = try node.collect(["--redact", redaction])
      #expect(run.exitCode == 0, "\(run.said)")
      let text = try node.text()
      for secret in planted { #expect(!text.contains(secret), "\(secret), \(redaction)") }
      #expect(!text.contains("Hunter2"), "\(redaction)")
    }
  }

  @Test func `what the redacted text refers to is kept behind the mark`() throws {
    let node = try FakeNode()
    plant(in: node)
    _ = try node.collect()
    let bundle = try node.read()
    let texts = bundle.positions(of: .guestConfigs)
      .map { String(decoding: bundle.entries[$0].content ?? [], as: UTF8.self) }
    #expect(
      texts.last == """
        #<redacted>
        args: <redacted> /dev/vg_san/vm-100-disk-7
        cipassword: <redacted>
        description: <redacted> local-lvm:vm-100-disk-9
        name: web
        scsi0: san:vm-100-disk-0,size=1G
        sshkeys: <redacted>
        <redacted> san:vm-100-disk-8

        [PENDING]
        cipassword: <redacted>

        [before]
        cipassword: <redacted>
        scsi0: san:vm-100-disk-0,size=1G

        [special:cloudinit]
        cipassword: <redacted>

        """)
    #expect(
      texts.first == """
        #<redacted>
        hostname: ct
        lxc.environment: <redacted>
        lxc.mount.entry: <redacted> /dev/vg_san/vm-110-disk-5
        lxc.cgroup2.devices.allow: b 253:7 rwm
        lxc.cgroup2.devices.allow: <redacted>
        lxc.mount.entry: <redacted> /dev/disk/by-label/my /dev/disk/by-label/my\\x20disk
        rootfs: san:vm-110-disk-0,size=1G

        """)
    #expect(
      bundle.text(of: .storageCfg) == """
        password <redacted>
        lvm: san
        \tvgname vg_san
        \tshared 1

        cifs: share
        \tpath /mnt/pve/share
        \tserver 192.0.2.77
        \tpassword <redacted>

        vendorsan: fast
        \tvgname vg_fast
        \tvendor_password <redacted>
        \tapitoken <redacted>
        \tvendor_blob <redacted>

        """)
    #expect(
      bundle.text(of: .dmsetupTable)
        == "luks: 0 100 crypt <redacted> <redacted> <redacted> 8:3 4096\n")
  }

  @Test func `a secret that a tool repeats ends the run without a bundle`() throws {
    let node = try FakeNode()
    plant(in: node)
    node.stub("qm", "echo '100 Hunter2-cipassword running'")
    let run = try node.collect()
    #expect(run.exitCode == 3)
    #expect(run.said.contains("commands/qm-list.out"))
    #expect(!run.said.contains("Hunter2"))
    #expect(try node.outputs().isEmpty)
  }

  @Test(arguments: ["keyring", "pgpass", "DBPASS"])
  func `a secret that its name's ending tells is searched for, too`(_ name: String) throws {
    let node = try FakeNode()
    node.write("/etc/pve/storage.cfg", "rbd: ceph\n\t\(name) AQBHunter2value99==\n")
    node.stub("multipath", "echo 'bad: AQBHunter2value99=='")
    let run = try node.collect()
    #expect(run.exitCode == 3)
    #expect(run.said.contains("commands/multipath.out"))
  }

  @Test func `a secret on a tool's error output ends the run, too`() throws {
    let node = try FakeNode()
    plant(in: node)
    node.stub("zpool", "echo 'bad: Hunter2-thirdparty' >&2")
    let run = try node.collect()
    #expect(run.exitCode == 3)
    #expect(run.said.contains("zpool-list.err") || run.said.contains("zpool-status.err"))
    #expect(try node.outputs().isEmpty)
  }

  @Test func `a configuration's line is redacted where PVE's tools repeat it`() throws {
    let node = try FakeNode()
    node.write(FakeNode.configuration, "name: web\nroot login is Hunter2-line\n")
    node.stub("qm", "printf 'VMID\\n'; cat >&2 <<'EOF'\n\(Self.repeated)EOF")
    node.stub("pct", "echo 'Hunter2-line' >&2")
    let warning = "  WARNING: Device for PV abc not found or rejected by a filter: root login."
    node.stub("lvs", "echo '{\"report\":[{\"lv\":[]}]}'; echo '\(warning)' >&2")
    let run = try node.collect()
    #expect(run.exitCode == 0, "\(run.said)")
    #expect(try !node.text().contains("Hunter2"))
    let bundle = try node.read()
    func said(_ source: SourceID) -> String {
      String(decoding: bundle.entry(of: source)?.standardError ?? [], as: UTF8.self)
    }
    #expect(
      said(.qmList) == """
        vm 100 - unable to parse config: <redacted>
        vm 100 - unable to parse value of 'scsi0' <redacted>
        vm 100 - unable to parse value of <redacted>
        file /etc/pve/storage.cfg line 7 - ignore config line: <redacted>
        <redacted>
        <redacted>
        ipcc_send_rec[1] failed: Connection refused
        <redacted>

        please run as root

        """)
    #expect(said(.pctList) == "<redacted>\n")
    #expect(said(.lvs) == "\(warning)\n")
  }

  /// What `qm list` says of a configuration that it doesn't understand, and other words.
  private static let repeated = """
    vm 100 - unable to parse config: root login is Hunter2-line
    vm 100 - unable to parse value of 'scsi0' - Hunter2-line
    vm 100 - unable to parse value of 'Hunter2-line' - x
    file /etc/pve/storage.cfg line 7 - ignore config line: Hunter2-line
    Hunter2-line - ignore config line: x
    login Hunter2-line
    ipcc_send_rec[1] failed: Connection refused
    ipcc_send_rec[1] failed: Hunter2-line

    please run as root

    """

  @Test(arguments: [
    "#password%3A redacted", "cipassword: password", "cipassword: cipassword", "#key%3A machine-id",
    "#ssh-keys%3A collected", "cipassword: manifest", "cipassword: commands",
    "#token%3A <redacted>", "cipassword: description", "cipassword: --manglename",
  ]) func `a secret that every bundle holds by itself ends no run`(_ line: String) throws {
    let node = try FakeNode()
    node.write(FakeNode.configuration, "\(line)\nname: web\nscsi0: san:vm-100-disk-0\n")
    let run = try node.collect()
    #expect(run.exitCode == 0, "\(run.said)")
    let configuration = try #require(try node.read().text(of: .guestConfigs))
    #expect(configuration.hasSuffix("name: web\nscsi0: san:vm-100-disk-0\n"))
  }

  @Test func `a refusal says what helps`() throws {
    let node = try FakeNode()
    node.write(FakeNode.configuration, "cipassword: Hunter2-name\n")
    node.stub("qm", "echo Hunter2-name")
    #expect(try node.collect().said.contains("--skip qm-list, or change the secret"))
    #expect(try node.collect(["--skip", "qm-list"]).exitCode == 0)
    node.write("/proc/sys/kernel/hostname", "Hunter2-name\n")
    let run = try node.collect(["--skip", "qm-list"])
    #expect(run.exitCode == 3)
    #expect(run.said.contains("manifest.json would hold a secret value"))
    #expect(!run.said.contains("--skip") && !run.said.contains("Hunter2"))
    node.write("/proc/sys/kernel/hostname", "pve1\n")
    node.write("/etc/pve/nodes/pve1/qemu-server/101.conf", "password=Hunter2-line: x\n")
    node.stub("pct", "echo Hunter2-line")
    #expect(try !node.collect(["--skip", "qm-list"]).said.contains("Hunter2"))
  }

  @Test func `what looks like a password is redacted in what tools and tasks say`() throws {
    let node = try FakeNode()
    let task = "UPID:pve1:0001A2B3:00C0FFEE:6740AAAA:vzdump::root@pam!token:"
    node.write(
      "/var/log/pve/tasks/active",
      "\(task) 1 6740AAAB command 'x --password=Hunter2-task' failed\n\(task) 0\n")
    node.stub("multipath", "echo 'mount error: password=Hunter2-out key=a'; echo 'wp=rw'")
    node.stub("zpool", "echo 'https://u:Hunter2-url@h: token: /dev/vg/x'; echo 'pw: x' >&2")
    let warning = "  WARNING: key=/dev/x: Device not found"
    node.stub("vgs", "echo '{\"report\":[{\"vg\":[]}]}'; echo '\(warning) token: x' >&2")
    let run = try node.collect()
    #expect(run.exitCode == 0, "\(run.said)")
    #expect(try !node.text().contains("Hunter2"))
    let bundle = try node.read()
    #expect(
      bundle.text(of: .tasksActive)
        == "\(task) 1 6740AAAB command 'x --password=<redacted>\n\(task) 0\n")
    #expect(bundle.text(of: .multipath) == "mount error: password=<redacted>\nwp=rw\n")
    #expect(bundle.text(of: .zpoolStatus) == "https://u:<redacted>\n")
    #expect(bundle.entry(of: .zpoolStatus)?.standardError == Array("pw: <redacted>\n".utf8))
    #expect(bundle.entry(of: .vgs)?.standardError == Array("\(warning) token: x\n".utf8))
  }

  @Test(arguments: ["", "; echo"]) func `an answer that is cut off ends in no part of a secret`(
    _ end: String
  ) throws {
    let node = try FakeNode()
    node.write(FakeNode.configuration, "cipassword: Hunter2-long-enough\n")
    // The secret lies across the place where an answer, or a line, is cut.
    node.stub(
      "multipath",
      "{ yes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; } | head -c 1048564\(end); "
        + "printf Hunter2-long-enough; yes bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")
    node.stub(
      "iscsiadm",
      "head -c \(BundleBounds.lineBytes - 7) /dev/zero | tr '\\0' a; echo Hunter2-long-enough")
    let run = try node.collect()
    #expect(run.exitCode == 0, "\(run.said)")
    #expect(try !node.text().contains("Hunter2"))
    #expect(try node.read().status(of: .multipath) == .truncated)
    #expect(try node.read().status(of: .iscsiSessions) == .truncated)
  }

  @Test func `what only the second reading reveals is searched for in the first`() throws {
    let node = try FakeNode()
    let conf = "\(node.folder)/root\(FakeNode.configuration)"
    node.stub("qm", "echo '100 LateSecret99 running'")
    node.stub(
      "lvs", "echo 'cipassword: LateSecret99' >>'\(conf)'; echo '{\"report\":[{\"lv\":[]}]}'")
    let run = try node.collect()
    #expect(run.exitCode == 3)
    #expect(!run.said.contains("LateSecret99"))
    #expect(try node.outputs().isEmpty)
  }

  @Test func `a stream ends before the entry that holds a secret`() throws {
    let node = try FakeNode()
    plant(in: node)
    node.stub("qm", "echo '100 Hunter2-cipassword running'")
    let run = try node.collect(["--format", "tar"], to: "-")
    #expect(run.exitCode == 3)
    let text = String(decoding: run.output, as: UTF8.self)
    #expect(!text.contains("Hunter2"))
    #expect(!text.contains("manifest-end.json"))
  }

  @Test func `a short value or stars are no secret`() throws {
    let node = try FakeNode()
    node.write(FakeNode.configuration, "cipassword: short7c\nname: web\n")
    node.write("/etc/pve/nodes/pve1/qemu-server/101.conf", "cipassword: **********\n")
    node.stub("qm", "echo 'short7c **********'")
    #expect(try node.collect().exitCode == 0)
  }

  @Test func `names that only look like a secret's end no run`() throws {
    let node = try FakeNode()
    node.write(
      "/etc/pve/storage.cfg", "lvm: keystore\n\tvgname vg_san\n\nlvm: passes\n\tvgname monkey-san\n"
    )
    node.write(
      FakeNode.configuration,
      "#disk passthrough: ata-WDC_WD40EFRX-1\n#HBA passthrough: 0000:03:00.0\n"
        + "scsi0: keystore:vm-100-disk-0\nscsi1: /dev/disk/by-id/ata-WDC_WD40EFRX-1\n")
    node.write("/sys/class/block/sda/dev", "8:0\n")
    node.link("/dev/disk/by-id/ata-WDC_WD40EFRX-1", to: "../../sda")
    node.link("/dev/disk/by-path/pci-0000:03:00.0-sas-exp0", to: "../../sda")
    node.stub("multipath", "echo keystore vm-100-disk-0")
    let run = try node.collect()
    #expect(run.exitCode == 0, "\(run.said)")
  }
}

import BundleFormat
import Testing

@testable import Collector

struct RedactionTests {
  private func redact(_ text: String, _ source: SourceID, path: String = "x") -> String {
    var redaction = Redaction()
    let bytes = redaction.redact(Array(text.utf8), of: source, path: path)
    return String(decoding: bytes, as: UTF8.self)
  }

  private let machine = "/etc/pve/nodes/a/qemu-server/100.conf"
  private let container = "/etc/pve/nodes/a/lxc/110.conf"

  @Test func `lines keep their number, order and ends`() {
    let text = "name: a\r\n\n  \nnet0: virtio=AA:BB\n[sn ap]\n[snap]\nnonsense\nscsi0:x"
    #expect(
      redact(text, .guestConfigs, path: machine)
        == "name: a\r\n\n  \nnet0: <redacted>\n[<redacted>]\n[snap]\n<redacted>\nscsi0:x")
    #expect(redact("", .guestConfigs, path: machine) == "")
  }

  @Test func `machines and containers have keys of their own`() {
    let text =
      "rootfs: a\nmp0: b\nscsi0: c\nhostname: d\nname: e\nefidisk0: f\nscsihw: g\nscsi: h\n"
    #expect(
      redact(text, .guestConfigs, path: machine)
        == "rootfs: <redacted>\nmp0: <redacted>\nscsi0: c\nhostname: <redacted>\nname: e\n"
        + "efidisk0: f\nscsihw: g\nscsi: <redacted>\n")
    #expect(
      redact(text, .guestConfigs, path: container)
        == "rootfs: a\nmp0: b\nscsi0: <redacted>\nhostname: d\nname: <redacted>\n"
        + "efidisk0: <redacted>\nscsihw: <redacted>\nscsi: <redacted>\n")
  }

  @Test func `HA and replication keep no comment, and nothing under a secret's name`() {
    let text =
      "vm: 100\n\tgroup a\n\tcomment for acme\n\tpassword Sesame-open-1\n# a note\n"
      + "local: 100-0\n\ttarget pve2\n"
    for source in [SourceID.haConfig, .replicationConfig] {
      #expect(
        redact(text, source)
          == "vm: 100\n\tgroup a\n\tcomment <redacted>\n\tpassword <redacted>\n#<redacted>\n"
          + "local: 100-0\n\ttarget pve2\n")
    }
    var redaction = Redaction()
    _ = redaction.redact(Array(text.utf8), of: .haConfig, path: "x")
    #expect(redaction.secrets.origin(ofSecretIn: Array("a Sesame-open-1 b".utf8)[...]) != nil)
  }

  @Test func `secrets of JSON and behind a colon and a blank are no part of a disk's line`() {
    for line in [
      #"json:{"driver":"ssh","password":"Sesame-open-1"}"#, "/dev/x password: Sesame-open-1",
      #"{"key-secret": "Sesame-open-1"}"#,
    ] {
      var redaction = Redaction()
      let text = redaction.redact(
        Array("scsi1: \(line)\nname: web\n".utf8), of: .guestConfigs, path: machine)
      #expect(!String(decoding: text, as: UTF8.self).contains("Sesame"), "\(line)")
      #expect(redaction.secrets.origin(ofSecretIn: Array("Sesame-open-1".utf8)[...]) != nil)
    }
    // A storage may be called like a secret.
    #expect(
      redact("scsi1: token:vm-100-disk-0,size=1G\n", .guestConfigs, path: machine)
        == "scsi1: token:vm-100-disk-0,size=1G\n")
  }

  @Test func `a kept line that repeats a secret is redacted, but not its volume`() {
    #expect(
      redact(
        "name: Sesame-open-1\nscsi0: san:vm-1-disk-0,serial=Sesame-open-1\n"
          + "cipassword: Sesame-open-1\n", .guestConfigs, path: machine)
        == "name: <redacted>\nscsi0: <redacted> san:vm-1-disk-0\ncipassword: <redacted>\n")
  }

  @Test(arguments: [
    ("x /dev/pve/vm-1-disk-0,y", ["/dev/pve/vm-1-disk-0"]),
    ("file=/dev/mapper/a--b-c", ["/dev/mapper/a--b-c"]),
    (
      "local-lvm:vm-100-disk-0 nfs:100/vm-100-disk-0.qcow2",
      [
        "local-lvm:vm-100-disk-0", "nfs:100/vm-100-disk-0.qcow2",
      ]
    ),
    (
      "san:base-9-disk-0 san:snap_vm-9-disk-0_x.qcow2 san:del-vm-9-disk-1",
      [
        "san:base-9-disk-0", "san:snap_vm-9-disk-0_x.qcow2", "san:del-vm-9-disk-1",
      ]
    ),
    ("vm-100-disk-0 iso:iso/x.iso http://vm-1 /dev/ :vm-1 password:abc", []),
    ("blkverify:/dev/a/x:/dev/b/y", ["/dev/a/x", "/dev/b/y"]),
    ("fast:vm-1-disk-0/fast:vm-1-disk-1", ["fast:vm-1-disk-0", "fast:vm-1-disk-1"]),
    ("fast:vm-1-disk-0:fast:vm-1-disk-1", ["fast:vm-1-disk-0", "fast:vm-1-disk-1"]),
    ("fast:vm-1-disk-0:ro fast:vm-1-disk-1@pve1", ["fast:vm-1-disk-0", "fast:vm-1-disk-1"]),
    ("/dev/vg/a:fast:vm-1-disk-0:/dev/vg/b@x", ["/dev/vg/a", "fast:vm-1-disk-0", "/dev/vg/b"]),
    ("-fast:vm-1-disk-0 a/fast:base-9-x/vm-2-y", ["fast:vm-1-disk-0", "fast:base-9-x/vm-2-y"]),
    ("file:///dev/a/x,//dev/a/y;(/dev/a/z)", ["/dev/a/x", "/dev/a/y", "/dev/a/z"]),
    ("\u{201c}/dev/a/x\u{201d} -/dev/a/y", ["/dev/a/x", "/dev/a/y"]),
    (
      #"{"filename":"\/dev\/san\/vm-1-disk-0"} nfs:1\/vm-1-x"#,
      ["/dev/san/vm-1-disk-0", "nfs:1/vm-1-x"]
    ),
    (#"a\/dev/a/x"#, ["/dev/a/x"]),
    (#"{"a\n/dev/a/x\t/dev/a/y"} n/dev/a/z"#, ["/dev/a/x", "/dev/a/y"]),
    (
      "/dev/mapper/a--b-c:ro:/dev/disk/by-path/pci-0000:03:00.0-sas",
      [
        "/dev/mapper/a--b-c", "/dev/mapper/a--b-c:ro", "/dev/disk/by-path/pci-0000:03:00.0-sas",
      ]
    ),
    (
      #"'{"filename":"/dev/disk/by-label/my\\x20disk"}'"#,
      ["/dev/disk/by-label/my", #"/dev/disk/by-label/my\x20disk"#]
    ),
    (
      #"/dev/disk/by-label/a\x20b:/dev/disk/by-id/c=d:rw"#,
      [
        "/dev/disk/by-label/a", "/dev/disk/by-id/c", #"/dev/disk/by-label/a\x20b"#,
        "/dev/disk/by-id/c=d:rw",
      ]
    ),
    ("-drive file=/dev/block/253:1,if=none", ["/dev/block/253", "/dev/block/253:1"]),
    (#"https://git.example/dev/tok\x20GHP1 https://x/dev/disk/by-id/tök"#, []),
    ("https://git.example/dev/tokGHP1 https://dev/tok2 https://[fd00::1]/dev/tok3", []),
    ("wifi/dev/tok4 ~/dev/tok5 ./dev/tok6 a_/dev/tok7 /root/dev/tok8", []),
    ("root:vm-2024Passw0rd admin:del-9Passw0rd a1:snap_9 a1:vm-x-1 a1:vm--1", []),
  ]) func `devices and volumes of redacted text are recognised`(
    _ text: String, _ expected: [String]
  ) {
    let tokens = KeptTokens.all(in: Array(text.utf8)[...])
    #expect(tokens.map { String(decoding: $0, as: UTF8.self) } == expected)
  }

  @Test func `what stands behind the mark is no part of a URL or password`() {
    #expect(
      redact(
        "#see https://git.example/dev/tokGHPsecret123456\n#login root:vm-2024Passw0rd\n"
          + "args: -drive file=https://x/dev/tokGHPsecret123456\n#fast:vm-1-disk-0:ro\n",
        .guestConfigs, path: machine)
        == "#<redacted>\n#<redacted>\nargs: <redacted>\n#<redacted> fast:vm-1-disk-0\n")
  }

  @Test func `storage settings are kept by name, never those that may be secret`() {
    #expect(
      redact(
        "lvm: san\n\tvgname vg\n\tnew-option 1\nlvmthin: t\n  thinpool data\n# x\n"
          + "rbd: ceph\n\tmonhost 192.0.2.1\n\tusername admin\n\tkrbd 1\n\tkeyring /x\n"
          + "\nother: o\n\tvgname vg2\n\tserver 192.0.2.2\n", .storageCfg)
        == "lvm: san\n\tvgname vg\n\tnew-option <redacted>\nlvmthin: t\n  thinpool data\n"
        + "#<redacted>\nrbd: ceph\n\tmonhost 192.0.2.1\n\tusername <redacted>\n\tkrbd 1\n"
        + "\tkeyring <redacted>\n\nother: o\n\tvgname vg2\n\tserver <redacted>\n")
  }

  @Test func `what only looks like a storage's header or setting is redacted`() {
    #expect(
      redact(
        "keyring: AQBcol0KEYRINGvalue99\nusername: col0user\n\trbd: x\n"
          + "\nusername: col0user\n\tvgname a\n\nplugin: id\n# x\n\tvgname a\n\n"
          + "plugin: id\n\nplugin: AQB==\n\tvgname a\nserver 192.0.2.1\nserver: nas\n", .storageCfg)
        == "keyring <redacted>\nusername <redacted>\n\trbd <redacted>\n"
        + "\nusername <redacted>\n\tvgname a\n\nplugin: id\n#<redacted>\n\tvgname a\n\n"
        + "plugin <redacted>\n\nplugin <redacted>\n\tvgname a\nserver <redacted>\n"
        + "server <redacted>\n")
    #expect(
      redact(
        "cifs: c\n\tpassword\n\t\tnextlineSECRET\n\tdisable\n\tsmallsecret\n\tSecret x\n"
          + "\tpre-set x\n", .storageCfg)
        == "cifs: c\n\t<redacted>\n\t<redacted>\n\tdisable\n\t<redacted>\n\t<redacted>\n"
        + "\tpre-set <redacted>\n")
  }

  @Test func `behind a header that PVE doesn't take for one no type is known`() {
    #expect(
      redact("nfs: n\n\tserver a\nplugin: p\n\tserver b\n\tvgname c\n", .storageCfg)
        == "nfs: n\n\tserver a\nplugin <redacted>\n\tserver <redacted>\n\tvgname c\n")
  }

  @Test func `tables without keys stay as they are, all others lose what isn't a device`() {
    let plain =
      "a: 0 8 linear 8:3 2048\nb: \nc: 0 8 zero \npve-data-tpool: 0 8 thin-pool 254:2 254:3 128 0 0 \n"
    #expect(redact(plain, .dmsetupTable) == plain)
    #expect(
      redact(
        "x: 0 8 crypt aes :64:logon:name 0 8:3 4096 1 allow_discards\n"
          + "y: 0 8 integrity 8:4 0 32 J 1 internal_hash:hmac:00ff\n"
          + "z: y: 0 8 crypt aes 00 0 8:3 0\n", .dmsetupTable)
        == "x: 0 8 crypt <redacted> <redacted> <redacted> 8:3 4096 <redacted> <redacted>\n"
        + "y: 0 8 integrity 8:4 0 <redacted> <redacted> <redacted> <redacted>\n"
        + "z: y: 0 8 crypt <redacted> <redacted> <redacted> 8:3 0\n")
  }

  @Test func `fstab keeps devices and loses credentials`() {
    #expect(
      redact(
        "/dev/pve/root / ext4 defaults 0 1\n# /dev/pve/old x\n//h/s /m cifs credentials=/x 0 0\n",
        .fstab)
        == "/dev/pve/root / ext4 defaults 0 1\n#<redacted> /dev/pve/old\n"
        + "//h/s /m cifs credentials=<redacted> 0 0\n")
    #expect(
      redact(
        " //h/s?password=p1 /m cifs rw 0 0\n//h/s\t/m\tcifs,password=p2\n"
          + "u:p3@h:/x /m fuse rw,user=bob%p4,cred=p5,p6,user 0 0 # p7\n"
          + "UUID=1-2 /m ext4 noatime,x-systemd.requires=/dev/mapper/a,sec=krb5 0 2\n", .fstab)
        == "<redacted> /m cifs rw 0 0\n//h/s /m <redacted>\n"
        + "<redacted> /m fuse rw,user=<redacted>,cred=<redacted>,<redacted>,user 0 0 <redacted> "
        + "<redacted>\n"
        + "UUID=1-2 /m ext4 noatime,x-systemd.requires=/dev/mapper/a,sec=krb5 0 2\n")
  }

  @Test func `fstab keeps tags and paths of this node, whatever stands in them`() {
    let lines =
      "LABEL=data@home /srv ext4 defaults 0 2\n/dev/disk/by-id/x@y /a ext4 rw 0 0\n"
      + "PARTLABEL=key:data /b xfs rw 0 0\n"
    #expect(redact(lines, .fstab) == lines)
  }

  @Test func `a storage's options, servers and paths lose credentials of any length`() {
    #expect(
      redact(
        "cifs: c\n\tserver bob:pw1@nas\n\toptions vers=3,username=bob,password=p,user=b%p2,x\n"
          + "iscsi: i\n\tportal u:p@192.0.2.1:3260,192.0.2.2\n\ttarget iqn.x\n"
          + "btrfs: b\n\tpath /mnt/@home\n\tmkdir 0\ndir: d\n\tpath u:p@h/x\n", .storageCfg)
        == "cifs: c\n\tserver <redacted>@nas\n"
        + "\toptions vers=3,username=<redacted>,password=<redacted>,user=<redacted>,<redacted>\n"
        + "iscsi: i\n\tportal <redacted>@192.0.2.1:3260,192.0.2.2\n\ttarget iqn.x\n"
        + "btrfs: b\n\tpath /mnt/@home\n\tmkdir 0\ndir: d\n\tpath <redacted>@h/x\n")
  }

  @Test func `a line 0 of storage settings still ends its section`() {
    let text = "lvm: a\n\tvgname a\n0\n\tvgname b\nlvm: b\n"
    #expect(redact(text, .storageCfg) == text)
  }

  @Test func `a line that only begins like a header becomes none`() {
    #expect(
      redact("[foo] bar\n[x\n[snap] \n[sn ap] \n", .guestConfigs, path: machine)
        == "<redacted>\n<redacted>\n[snap] \n[<redacted>]\n")
  }

  @Test func `a password is not kept for looking like a device`() {
    #expect(
      redact(
        "cipassword: /dev/x1\nargs: a /dev/x1\nname: a\rpassword: b\n", .guestConfigs,
        path: machine)
        == "cipassword: <redacted>\nargs: <redacted> /dev/x1\nname: <redacted>\n")
    #expect(
      redact("pbs: p\n\tpassword /dev/x1\n", .storageCfg) == "pbs: p\n\tpassword <redacted>\n")
  }

  @Test func `an allowed setting keeps its storage, whatever that is called`() {
    let text =
      "scsi0: keystore:vm-100-disk-0,size=1G\nscsi1: token:vm-100-disk-1\ntags: key;pass\n"
    #expect(redact(text, .guestConfigs, path: machine) == text)
    #expect(
      redact("mp0: //h/s,password=x\n", .guestConfigs, path: container) == "mp0: <redacted>\n")
  }

  @Test func `a live digest is what grep and sha256sum make of the file`() throws {
    let text = """
      lock: backup
      #scsi0: x
      scsi0: san:vm-1-disk-0
      scsihw: virtio
      mp12: y
      unused: z
      template: 1
       ide0: indented
      ide0x: no

      [snap]
      vmstate: san:vm-1-state-x
      fleecing-images: a
      rootfs:b
      """
    let folder = try FakeNode().folder
    try FakeNode.shell("mkdir -p '\(folder)'; cat >'\(folder)/c' <<'EOF'\n\(text)\nEOF")
    let digest = try FakeNode.shell(
      "grep -E '^(\\[|lock:|template:|vmstate:|fleecing-images:|(ide|scsi|virtio|sata|efidisk|"
        + "tpmstate|unused|rootfs|mp)[0-9]*:)' '\(folder)/c' | sha256sum; rm -r '\(folder)'")
    #expect(LiveDigest.of(Array(text.utf8)).hex == digest.prefix(64))
    #expect(LiveDigest.of(Array("\(text)\n".utf8)).hex == digest.prefix(64))
  }

  @Test func `a metadata backup keeps its heading, and volumes' names and uuids`() {
    let text = """
      # Generated by LVM2 version 2.03.16(2) (2022-05-18): Wed Jan  7 10:00:00 2026
      # by root@pve1
      contents = "Text Format Volume Group"
      description = "Created *after* executing 'lvcreate --addtag acme'"
      creation_host = "pve1"	# Linux pve1 6.8.12
      creation_time = 1763800000	# Sat
      san {
      	id = "a"
      	seqno = 6
      	tags = ["acme"]
      	physical_volumes {
      		pv0 {
      			id = "p"
      		}
      	}
      	logical_volumes {
      		vm-122-disk-0 {
      			id = "v"
      			tags = ["pve-vm-122"]
      			segment1 {
      				id = "s"
      			}
      		}
      	}
      }

      """
    var redaction = Redaction()
    let kept = redaction.redact(Array(text.utf8), of: .lvmBackup, path: "files/etc/lvm/backup/san")
    #expect(
      String(decoding: kept, as: UTF8.self) == """
        # Generated by LVM2 version 2.03.16(2) (2022-05-18): Wed Jan  7 10:00:00 2026
        contents = "Text Format Volume Group"
        creation_host = "pve1"
        creation_time = 1763800000	# Sat
        san {
        	id = "a"
        	seqno = 6
        	logical_volumes {
        		vm-122-disk-0 {
        			id = "v"
        		}
        	}
        }

        """)
    let note = Array("the password is x\nmy notes {\nx\n".utf8)
    #expect(redaction.redact(note, of: .lvmBackup, path: "x").isEmpty)
    let cut = Array("san {\n\tlogical_volumes {\n\t\tx {\n}}".utf8)
    #expect(!redaction.redact(cut, of: .lvmBackup, path: "x").isEmpty)
  }
}

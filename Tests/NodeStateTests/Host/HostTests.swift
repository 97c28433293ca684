import BundleFormat
import Testing

@testable import NodeState

@Suite struct HostTests {
  private let uptime = Capture("uptime/thin-local")

  @Test func `links lead to devices`() throws {
    let text = """
      {"path":"/dev/disk/by-id/wwn-0x5000","device":"8:16"}
      {"path":"/dev/disk/by-id/a\\u0020b","device":"8:32"}
      {"device":"253:1","path":"/dev/disk/by-uuid/6a"}
      {"path":"/dev/sdz","device":"65:144"}
      {"path":"/dev/a/b/c","device":"253:2"}
      {"path":"/dev/block/8:48","device":"8:48"}

      """
    let capture = Capture(text: text)
    let links = try DeviceLinks.parse(capture.bytes, from: capture.origin)
    #expect(links["/dev/disk/by-id/wwn-0x5000"] == DeviceNumber(major: 8, minor: 16))
    #expect(links["/dev/disk/by-id/a b"] == DeviceNumber(major: 8, minor: 32))
    #expect(links["/dev/disk/by-uuid/6a"] == DeviceNumber(major: 253, minor: 1))
    #expect(links["/dev/sdz"] == DeviceNumber(major: 65, minor: 144))
    #expect(links["/dev/a/b/c"] == DeviceNumber(major: 253, minor: 2))
    #expect(links["/dev/block/8:48"] == DeviceNumber(major: 8, minor: 48))
    #expect(links.count == 6)
    #expect(try DeviceLinks.parse([], from: capture.origin).isEmpty)
  }

  @Test(arguments: [
    "/dev/mapper/pve-root", "/dev/pve/root", "/dev/disk/by-id/dm-name-pve-root",
    "/dev/disk/by-id/dm-uuid-LVM-x",
  ])
  func `a link that is named after its mapping says nothing more, and is not kept`(
    path: String
  ) throws {
    for text in [
      "{\"path\":\"\(path)\",\"device\":\"253:1\"}\n",
      "{\"device\":\"253:1\",\"path\":\"\(path)\"}\n",
    ] {
      let capture = Capture(text: text)
      #expect(try DeviceLinks.parse(capture.bytes, from: capture.origin).isEmpty)
      let named = try DeviceLinks.parseNamed(capture.bytes, from: capture.origin)
      #expect(named[path] == DeviceNumber(major: 253, minor: 1))
    }
  }

  @Test func `of two links with one path the later counts, and none is two kinds`() throws {
    let capture = Capture(
      text: """
        {"path":"/dev/pve/root","device":"253:1"}
        {"device":"253:2","path":"/dev/pve/root"}
        {"path":"/dev/sdz","device":"8:16"}
        {"device":"253:3","path":"/dev/mapper/x"}
        {"path":"/dev/mapper/x","device":"253:4"}

        """)
    let named = try DeviceLinks.parseNamed(capture.bytes, from: capture.origin)
    #expect(named["/dev/pve/root"] == DeviceNumber(major: 253, minor: 2))
    #expect(named["/dev/mapper/x"] == DeviceNumber(major: 253, minor: 4))
    #expect(named["/dev/sdz"] == nil)
  }

  @Test(arguments: [
    "{\"path\":\"/dev/x\",\"device\":\"253:1\"}", "{\"path\":\"/dev/x\"}\n", "x\n",
    "{\"path\":\"/dev/x\",\"device\":\"253:1\",}\n", "{\"path\":\"/dev/x\",\"device\":\"253\"}\n",
  ])
  func `half a link is none`(text: String) {
    let capture = Capture(text: text)
    #expect(
      refusal { () throws(ParseError) in
        _ = try DeviceLinks.parse(capture.bytes, from: capture.origin)
      } != nil)
    #expect(
      refusal { () throws(ParseError) in
        _ = try DeviceLinks.parseNamed(capture.bytes, from: capture.origin)
      } != nil)
  }

  @Test func `users of devices are told by kind`() throws {
    let text = """
      {"device":"253:4","kind":"fd","pid":12,"detail":"kvm"}
      {"device":"253:1","kind":"mount","pid":0,"detail":"/mnt/root"}
      {"device":"253:0","kind":"swap","pid":0,"detail":"/dev/dm-0"}

      """
    let capture = Capture(text: text)
    let users = try DeviceUser.parse(capture.bytes, from: capture.origin)
    #expect(users.map(\.kind) == [.openFile, .mount, .swap])
    let odd = Capture(text: "{\"device\":\"253:4\",\"kind\":\"door\",\"pid\":1,\"detail\":\"\"}\n")
    #expect(
      refusal { () throws(ParseError) in
        _ = try DeviceUser.parse(odd.bytes, from: odd.origin)
      } != nil)
  }

  @Test func `multipath's paths belong to the map above them`() throws {
    let capture = Capture("multipath/two-maps")
    let members = try MultipathMember.parse(capture.bytes.span, from: capture.origin)
    #expect(members.map(\.map) == ["mpatha", "mpatha", "360000000000000000e00000000020001"])
    #expect(members.map(\.device.description) == ["8:16", "8:32", "65:48"])
    #expect(members[0].location.line == 4)
    let none = Capture(text: "")
    #expect(try MultipathMember.parse(none.bytes.span, from: none.origin).isEmpty)
    for text in ["  `- 3:0:0:1 sdb 8:16 active ready running\n", "mpatha dm-1"] {
      let odd = Capture(text: text)
      #expect(
        refusal { () throws(ParseError) in
          _ = try MultipathMember.parse(odd.bytes.span, from: odd.origin)
        } != nil)
    }
  }

  @Test func `services are named by the command line`() throws {
    let argv = ["systemctl", "is-active", "pve-cluster", "pvestatd"]
    func states(_ text: String) throws(ParseError) -> [String: String] {
      let capture = Capture(text: text)
      return try ServiceStates.parse(capture.bytes.span, argv: argv, from: capture.origin)
    }
    #expect(try states("active\ninactive\n") == ["pve-cluster": "active", "pvestatd": "inactive"])
    for text in ["active\n", "active\nactive\nactive\n", "", "not a word\nactive\n"] {
      #expect(refusal { () throws(ParseError) in _ = try states(text) } != nil)
    }
  }

  @Test func `versions are read`() throws {
    let capture = Capture("pve-version/thin-local")
    let (version, kernel) = try Versions.parsePVE(capture.bytes.span, from: capture.origin)
    #expect(version == "8.4.0" && kernel == "6.1.176")
    let packages = Capture(text: "lvm2\t2.03.16-2\tii \nqemu-server:amd64\t8.3.8\tii \nx\t1\trc \n")
    #expect(
      try Versions.parsePackages(packages.bytes.span, from: packages.origin)
        == ["lvm2": "2.03.16-2", "qemu-server": "8.3.8"])
    for odd in [Capture(text: "pve-manager\n"), Capture(text: ""), Capture("qm-list/thin-local")] {
      #expect(
        refusal { () throws(ParseError) in
          _ = try Versions.parsePVE(odd.bytes.span, from: odd.origin)
        } != nil)
    }
    let half = Capture(text: "lvm2\t2.03")
    #expect(
      refusal { () throws(ParseError) in
        _ = try Versions.parsePackages(half.bytes.span, from: half.origin)
      } != nil)
  }

  @Test func `figures of /proc are read`() throws {
    #expect(try ProcFiles.uptimeSeconds(uptime.bytes.span, from: uptime.origin) == 86.59)
    let load = Capture("load/thin-local")
    #expect(try ProcFiles.load(load.bytes.span, from: load.origin) == (1.54, 0.52, 0.19))
    let memory = Capture("memory/thin-local")
    #expect(
      try MemoryUse.parse(memory.bytes.span, from: memory.origin)
        == MemoryUse(
          totalBytes: 489_644 * 1024, usedBytes: (489_644 - 359_640) * 1024,
          swapTotalBytes: 131_068 * 1024, swapUsedBytes: 0))
    let processors = Capture("cpu-info/thin-local")
    let found = try ProcFiles.processors(processors.bytes.span, from: processors.origin)
    #expect(found.model == "UML" && found.count == 1)
    let times = Capture("cpu-stat/thin-local")
    let first = try ProcessorTimes.parse(times.bytes.span, from: times.origin)
    #expect(first == ProcessorTimes(busyTicks: 8613, totalTicks: 8634, bootSeconds: 1_795_384_981))
    let later = ProcessorTimes(busyTicks: 8713, totalTicks: 9034, bootSeconds: nil)
    #expect(ProcessorTimes.busyPercent(from: first, to: later) == 25)
    #expect(ProcessorTimes.busyPercent(from: later, to: first) == nil)
    let pressure = Capture(text: "some avg10=0.00 avg60=12.50 avg300=0.00 total=1\nfull avg10=0\n")
    #expect(try ProcFiles.pressurePercent(pressure.bytes.span, from: pressure.origin) == 12.5)
  }

  @Test func `cards count, what carries their traffic again doesn't`() throws {
    let network = Capture("network-traffic/thin-local")
    #expect(
      try NetworkTotals.parse(network.bytes.span, from: network.origin)
        == NetworkTotals(receivedBytes: 0, transmittedBytes: 0))
    let heading = String(decoding: network.bytes, as: UTF8.self).split(separator: "\n").prefix(2)
    let zeros = " 0 0 0 0 0 0 0 "
    let more = Capture(
      text: heading.joined(separator: "\n")
        + "\nlo: 1\(zeros)1\(zeros)\neno1: 10\(zeros)20\(zeros)\n"
        + "vmbr0: 10\(zeros)20\(zeros)\neno1.7:5\(zeros)5\(zeros)\n")
    #expect(
      try NetworkTotals.parse(more.bytes.span, from: more.origin)
        == NetworkTotals(receivedBytes: 10, transmittedBytes: 20))
    let most = Capture(
      text: heading.joined(separator: "\n")
        + "\neno1: \(Int.max)\(zeros)\(Int.max)\(zeros)\neno2: 10\(zeros)20\(zeros)\n")
    #expect(
      try NetworkTotals.parse(most.bytes.span, from: most.origin)
        == NetworkTotals(receivedBytes: .max, transmittedBytes: .max))
  }

  @Test func `shares are judged as they are shown, to one decimal`() {
    var metrics = NodeMetrics()
    (metrics.memoryTotalBytes, metrics.memoryUsedBytes) = (100_000, 90_001)
    #expect(metrics.memoryPercent == 90)
    metrics.memoryUsedBytes = 90_050
    #expect(metrics.memoryPercent == 90.1)
  }

  @Test func `file systems and pools are read`() throws {
    let text = """
      Filesystem     Type     1-blocks  Used Available Capacity Mounted on
      /dev/mapper/pve-root ext4 100 40 60 40% /
      /dev/sdb1 xfs 10 1 9 10% /mnt/with blank

      """
    let capture = Capture(text: text)
    let systems = try NodeMetrics.FilesystemUse.parse(capture.bytes.span, from: capture.origin)
    #expect(systems.map(\.mountPoint) == ["/", "/mnt/with blank"])
    #expect(systems[0].usedBytes == 40)
    let pools = Capture(text: "rpool\t1000\t10\t990\t1\tONLINE\nbad\t-\t-\t-\t-\tUNAVAIL\n")
    let read = try NodeMetrics.ZpoolUse.parse(pools.bytes.span, from: pools.origin)
    #expect(read.map(\.health) == ["ONLINE", "UNAVAIL"])
    #expect(read[0].usedBytes == 10)
    let top = Capture(
      text: #"{"pid":1,"name":"kvm","cpuPercent":12.5,"residentBytes":4096}"# + "\n")
    #expect(
      try NodeMetrics.ProcessUse.parse(top.bytes, from: top.origin)
        == [.init(pid: 1, name: "kvm", cpuPercent: 12.5, residentBytes: 4096)])
  }

  @Test func `other texts have no figures`() {
    let other = Capture("dmsetup-info/thin-local")
    let (bytes, origin) = (other.bytes, other.origin)
    let refusals = [
      refusal { () throws(ParseError) in _ = try ProcFiles.uptimeSeconds(bytes.span, from: origin)
      },
      refusal { () throws(ParseError) in _ = try ProcFiles.load(bytes.span, from: origin) },
      refusal { () throws(ParseError) in _ = try ProcFiles.pressurePercent(bytes.span, from: origin)
      },
      refusal { () throws(ParseError) in _ = try ProcFiles.processors(bytes.span, from: origin) },
      refusal { () throws(ParseError) in _ = try ProcessorTimes.parse(bytes.span, from: origin) },
      refusal { () throws(ParseError) in _ = try MemoryUse.parse(bytes.span, from: origin) },
      refusal { () throws(ParseError) in _ = try NetworkTotals.parse(bytes.span, from: origin) },
      refusal { () throws(ParseError) in
        _ = try NodeMetrics.FilesystemUse.parse(bytes.span, from: origin)
      },
      refusal { () throws(ParseError) in
        _ = try NodeMetrics.ZpoolUse.parse(bytes.span, from: origin)
      },
      refusal { () throws(ParseError) in _ = try NodeMetrics.ProcessUse.parse(bytes, from: origin)
      },
    ]
    #expect(!refusals.contains(nil), "\(refusals)")
  }
}

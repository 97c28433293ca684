import BundleFormat
import Testing

@testable import NodeState

@Suite struct NodeSnapshotTests {
  /// A whole node, as the lab's `thin-local` scenario has it.
  private func node() -> BundleOfCaptures {
    var bundle = BundleOfCaptures()
    bundle.add(.bootID, .file, "0c0ffee0-0000-4000-8000-000000000000\n")
    bundle.add(.machineID, .file, "00000000000000000000000000000000\n")
    for reading in 1...2 {
      bundle.add(.dmsetupInfo, .command, Capture("dmsetup-info/thin-local"), reading: reading)
      bundle.add(.dmsetupTable, .command, Capture("dmsetup-table/thin-local"), reading: reading)
      bundle.add(.qemuProcesses, .probe, "", reading: reading)
      bundle.add(
        .containerSockets, .probe, Capture("container-sockets/thin-local"), reading: reading)
      for (kind, id) in [("qemu-server", 100), ("qemu-server", 101), ("lxc", 110)] {
        let capture = Capture("guest-configs/\(kind == "lxc" ? "ct" : "vm")-\(id)")
        bundle.add(
          .guestConfigs, .files, String(decoding: capture.bytes, as: UTF8.self), reading: reading,
          path: (reading == 1 ? "" : "second/") + "files/etc/pve/nodes/pve1/\(kind)/\(id).conf")
      }
    }
    bundle.add(.dmsetupDeps, .command, Capture("dmsetup-deps/thin-local"))
    bundle.add(.lvs, .command, Capture("lvs/thin-local"))
    bundle.add(.vgs, .command, Capture("vgs/thin-local"))
    bundle.add(.pvs, .command, Capture("pvs/thin-local"))
    bundle.add(.storageCfg, .file, Capture("storage-cfg/thin-local"))
    bundle.add(.pveVmlist, .file, Capture("pve-vmlist/thin-local"))
    bundle.add(.pveMembers, .file, Capture("pve-members/alone"))
    return bundle
  }

  @Test func `a whole bundle has no gap`() throws {
    let snapshot = node().snapshot
    let present = snapshot.sources.filter { $0.status == .present }.map(\.id)
    #expect(Set(present).isSuperset(of: SourceID.required))
    #expect(snapshot.sources.map(\.id) == SourceID.allCases)
    for status in snapshot.sources where status.status != .present {
      #expect(!status.isRequiredGap && status.detail == "not in the bundle", "\(status)")
    }
    #expect(snapshot.first.mappings.value?.count == 14)
    #expect(snapshot.second.mappings.value?.count == 14)
    #expect(snapshot.first.configurations.value?.map(\.id.number) == [100, 101, 110])
    #expect(snapshot.first.unreadConfigurations.isEmpty)
    #expect(snapshot.first.containers.value?.count == 1)
    #expect(snapshot.first.machines.value?.isEmpty == true)
    #expect(snapshot.lvm.volumes.value?.count == 16)
    #expect(snapshot.storages.value?.count == 2)
    #expect(snapshot.guestList.value?.guests.count == 6)
    #expect(snapshot.membership.value?.nodeName == "pve1")
    let mapping = try #require(snapshot.first.mappings.value?.first)
    #expect(mapping.dependencies == [DeviceNumber(major: 254, minor: 4)])
    #expect(snapshot.text(at: mapping.location).hasPrefix("pve-data|LVM-"))
    #expect(snapshot.source(of: mapping.location) == .dmsetupInfo)
  }

  @Test func `a row of lvs is quoted to its last column`() throws {
    let rows = String(decoding: Capture("lvs/thin-local").bytes, as: UTF8.self).split(
      separator: "\n")
    let longest = try #require(rows.map(\.utf8.count).max())
    #expect(longest > 500 && longest < NodeSnapshot.quotedBytes)
  }

  @Test func `an empty bundle is all gaps`() {
    let snapshot = BundleOfCaptures().snapshot
    #expect(snapshot.sources.map(\.id) == SourceID.allCases)
    #expect(snapshot.sources.filter(\.isRequiredGap).map(\.id) == SourceID.required)
    #expect(snapshot.sources.allSatisfy { $0.status == .missing })
    #expect(snapshot.first.mappings.gap?.description == "dmsetup-info: not in the bundle")
    #expect(snapshot.first.configurations.gap != nil && snapshot.tasks.gap != nil)
  }

  @Test(
    arguments: [
      (EntryResult.Status.timedOut, nil, nil, true, "timed out after 20 s"),
      (.truncated, nil, nil, true, "cut off after 1009 bytes"),
      (.failed, nil, nil, true, "could not be asked: oops"),
      (.missing, nil, nil, true, "not installed"),
      (.skipped, nil, nil, true, "left out"),
      (.collected, 5, nil, true, "exit code 5: oops"),
      (.collected, nil, 9, true, "ended by signal 9"),
      (.collected, 0, nil, false, "altered since collection"),
    ] as [(EntryResult.Status, Int?, Int?, Bool, String)])
  func `an answer that failed is a gap, whatever it says`(
    status: EntryResult.Status, exitCode: Int?, signal: Int?, isIntact: Bool, reason: String
  ) {
    var bundle = BundleOfCaptures()
    let table = String(decoding: Capture("vgs/thin-local").bytes, as: UTF8.self)
    bundle.add(
      .vgs, .command, table, status: status, exitCode: exitCode, signal: signal,
      standardError: "\n  oops\nmore\n", isIntact: isIntact, durationMilliseconds: 20_400)
    let snapshot = bundle.snapshot
    let gap = snapshot.lvm.groups.gap?.reason
    #expect(gap?.split(separator: " bytes")[0].prefix(8) == reason.prefix(8))
    if status != .truncated { #expect(gap == reason) }
    #expect(snapshot.status(of: .vgs)?.detail == gap)
    #expect(snapshot.status(of: .vgs)?.isRequiredGap == true)
    #expect(snapshot.lvm.warnings.map(\.text) == ["oops", "more"])
  }

  @Test func `an answer that cannot be understood is a gap that says where`() {
    var bundle = BundleOfCaptures()
    bundle.add(.dmsetupInfo, .command, "a||253;7|0|0|1|0|L--w\n")
    let snapshot = bundle.snapshot
    #expect(
      snapshot.first.mappings.gap?.reason.hasPrefix("commands/dmsetup-info.out:1: expected") == true
    )
    #expect(snapshot.status(of: .dmsetupInfo)?.status == .broken)
  }

  @Test func `a question that was answered twice proves nothing`() {
    var bundle = node()
    bundle.add(.vgs, .command, Capture("vgs/thin-local"))
    #expect(bundle.snapshot.lvm.groups.gap?.reason == "answered more than once")
  }

  @Test func `without tables the mappings are known, and each table is a gap`() throws {
    var bundle = BundleOfCaptures()
    bundle.add(.dmsetupInfo, .command, Capture("dmsetup-info/thin-local"))
    bundle.add(.dmsetupTable, .command, "", status: .timedOut)
    let mappings = try #require(bundle.snapshot.first.mappings.value)
    #expect(mappings.allSatisfy { $0.table.gap?.source == .dmsetupTable })
  }

  @Test func `tables of which none can be read are a source that is missing`() throws {
    var bundle = BundleOfCaptures()
    bundle.add(.dmsetupInfo, .command, "a||253|0|0|1|0|L--w\nb||253|1|0|1|0|L--w\n")
    bundle.add(.dmsetupTable, .command, "a: 0 8 zero \nb: nothing of the kind\n")
    #expect(bundle.snapshot.status(of: .dmsetupTable)?.isRequiredGap == false)
    bundle = BundleOfCaptures()
    bundle.add(.dmsetupInfo, .command, "a||253|0|0|1|0|L--w\nb||253|1|0|1|0|L--w\n")
    bundle.add(.dmsetupTable, .command, "nothing\nof the kind\n")
    let status = try #require(bundle.snapshot.status(of: .dmsetupTable))
    #expect(status.status == .broken)
    #expect(status.detail == "a has 0 of 1 targets, and 1 more tables")
    #expect(bundle.snapshot.first.mappings.value?.count == 2)
  }

  @Test func `without deps the table says what a mapping lies on`() throws {
    var bundle = BundleOfCaptures()
    bundle.add(.dmsetupInfo, .command, Capture("dmsetup-info/thin-local"))
    bundle.add(.dmsetupTable, .command, Capture("dmsetup-table/thin-local"))
    let mappings = try #require(bundle.snapshot.first.mappings.value)
    let pool = try #require(mappings.first { $0.name == "pve-data-tpool" })
    #expect(pool.dependencies.map(\.minor) == [2, 3])
  }

  @Test func `a second reading that differs is read anew`() throws {
    var bundle = BundleOfCaptures()
    bundle.add(.dmsetupInfo, .command, "a||253|0|0|1|0|L--w\n")
    bundle.add(.dmsetupTable, .command, "a: 0 8 zero \n")
    bundle.add(.dmsetupInfo, .command, "a||253|0|1|1|0|L--w\n", reading: 2)
    bundle.add(.dmsetupTable, .command, "a: 0 8 zero \n", reading: 2)
    let snapshot = bundle.snapshot
    #expect(snapshot.first.mappings.value?.map(\.openCount) == [0])
    #expect(snapshot.second.mappings.value?.map(\.openCount) == [1])
    let location = try #require(snapshot.second.mappings.value?.first?.location)
    #expect(snapshot.text(at: location) == "a||253|0|1|1|0|L--w")
  }

  @Test func `a second reading that was altered breaks its source`() {
    var bundle = node()
    bundle.add(.pveVmlist, .file, "{}", reading: 2)
    #expect(bundle.snapshot.status(of: .pveVmlist)?.status == .present)
    var altered = BundleOfCaptures()
    altered.add(.qemuProcesses, .probe, "")
    altered.add(.qemuProcesses, .probe, "", reading: 2, isIntact: false)
    let status = altered.snapshot.status(of: .qemuProcesses)
    #expect(status?.status == .broken)
    #expect(status?.detail == "second reading: altered since collection")
  }

  @Test(arguments: [EntryResult.Status.skipped, .missing, .failed, .timedOut])
  func `a second reading that was meant and is not there is a gap of its source`(
    _ status: EntryResult.Status
  ) {
    for source in [SourceID.dmsetupInfo, .qemuProcesses, .guestConfigs] {
      var bundle = BundleOfCaptures()
      let path = "files/etc/pve/nodes/pve1/qemu-server/100.conf"
      switch source {
      case .guestConfigs:
        bundle.add(source, .files, "name: a\n", path: path)
        bundle.add(source, .files, "", status: status, reading: 2, path: "second/\(path)")
      default:
        bundle.add(source, source == .dmsetupInfo ? .command : .probe, "")
        bundle.add(
          source, source == .dmsetupInfo ? .command : .probe, "", status: status, reading: 2)
      }
      #expect(bundle.snapshot.status(of: source)?.isRequiredGap == true, "\(source)")
    }
  }

  @Test func `a configuration that cannot be read is named, and the others stay`() {
    var bundle = BundleOfCaptures()
    let folder = "files/etc/pve/nodes/pve1/qemu-server"
    bundle.add(.guestConfigs, .files, "name: a\n", path: "\(folder)/100.conf")
    bundle.add(.guestConfigs, .files, "name: b\n", path: "\(folder)/101.conf", isIntact: false)
    bundle.add(.guestConfigs, .files, "", path: "\(folder)/102.conf")
    bundle.add(.guestConfigs, .files, nil, status: .failed, path: "\(folder)/103.conf")
    let snapshot = bundle.snapshot
    #expect(snapshot.first.configurations.value?.map(\.id.number) == [100])
    #expect(
      snapshot.first.unreadConfigurations.map(\.id) == [
        GuestID(101), GuestID(102), GuestID(103),
      ])
    #expect(
      snapshot.status(of: .guestConfigs)?.detail
        == "3 of 4 files could not be read: nodes/pve1/qemu-server/101.conf: altered since collection"
    )
    #expect(snapshot.status(of: .guestConfigs)?.isRequiredGap == true)
  }

  @Test func `no configuration at all is known or unknown by what became of the question`() {
    var none = BundleOfCaptures()
    none.add(.guestConfigs, .files, nil, path: "files/etc/pve/nodes")
    #expect(none.snapshot.first.configurations.value?.isEmpty == true)
    var failed = BundleOfCaptures()
    failed.add(.guestConfigs, .files, nil, status: .missing, path: "files/etc/pve/nodes")
    #expect(failed.snapshot.first.configurations.gap?.reason == "does not exist")
  }

  @Test func `a file that does not exist says that there is nothing, where it may be absent`() {
    var bundle = BundleOfCaptures()
    bundle.add(.tasksActive, .file, nil, status: .missing)
    bundle.add(.fstab, .file, nil, status: .missing)
    bundle.add(.multipath, .command, nil, status: .missing)
    bundle.add(.pveVmlist, .file, nil, status: .missing)
    let snapshot = bundle.snapshot
    #expect(snapshot.tasks.value?.isEmpty == true)
    #expect(snapshot.host.fstab.value?.isEmpty == true)
    #expect(snapshot.guestList.gap?.reason == "does not exist")
    #expect(
      snapshot.status(of: .multipath)
        == SourceStatus(
          id: .multipath, status: .missing, detail: "not installed"))
  }

  @Test func `figures that take two readings are rates between them`() {
    var bundle = BundleOfCaptures()
    bundle.add(.cpuStat, .file, "cpu 0 0 0 100 0 0 0 0\nbtime 1000\n")
    bundle.add(.cpuStat, .file, "cpu 50 0 0 150 0 0 0 0\nbtime 1000\n", reading: 2)
    bundle.add(.uptime, .file, "100.00 1.0\n")
    bundle.add(.uptime, .file, "102.00 1.0\n", reading: 2)
    bundle.add(.networkTraffic, .file, "a\nb\neth0: 0 0 0 0 0 0 0 0 0 0\n")
    bundle.add(.networkTraffic, .file, "a\nb\neth0: 2048 0 0 0 0 0 0 0 1024 0\n", reading: 2)
    bundle.add(.hardware, .files, "Maker\n", path: "files/sys/class/dmi/id/sys_vendor")
    bundle.add(.hardware, .files, "Box 1\n", path: "files/sys/class/dmi/id/product_name")
    bundle.add(.pressure, .files, "some avg60=1.50\n", path: "files/proc/pressure/io")
    let metrics = bundle.snapshot.host.metrics
    #expect(metrics.cpuPercent == 50 && metrics.uptimeSeconds == 100)
    #expect(metrics.bootedAt == Timestamp(secondsSinceEpoch: 1000))
    #expect(metrics.networkReceiveBytesPerSecond == 1024)
    #expect(metrics.networkTransmitBytesPerSecond == 512)
    #expect(metrics.hardwareModel == "Maker Box 1" && metrics.ioPressurePercent == 1.5)
  }

  @Test(arguments: [
    (SourceID.services, 1), (.services, 2), (.clusterStatus, 1), (.iscsiSessions, 1),
    (.iscsiSessions, 20), (.packages, 2), (.filesystems, 2),
  ])
  func `an exit code between those that tell no failure is a failure`(source: SourceID, code: Int) {
    var bundle = BundleOfCaptures()
    bundle.add(source, .command, "\n", exitCode: code)
    let status = bundle.snapshot.status(of: source)
    #expect(status?.status == .broken)
    #expect(status?.detail == "exit code \(code)")
  }

  @Test(arguments: [(SourceID.clusterStatus, 2), (.iscsiSessions, 21)])
  func `the exit code by which a tool says that there is nothing is none`(
    source: SourceID, code: Int
  ) {
    var bundle = BundleOfCaptures()
    bundle.add(source, .command, "\n", exitCode: code)
    #expect(bundle.snapshot.status(of: source)?.status == .present)
  }
}

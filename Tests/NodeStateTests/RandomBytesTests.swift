import BundleFormat
import TestSupport
import Testing

@testable import NodeState

/// No bytes may bring a parser down: a bundle is whatever somebody sends.
@Suite struct RandomBytesTests {
  /// Runs every parser on the bytes; what they say doesn't matter here.
  private func parseWithAll(_ bytes: [UInt8]) {
    let origin = EntryOrigin(entry: 0, path: "random")
    let span = bytes.span
    let columns = MappingColumns(argv: nil)
    let rows = (try? MappingRow.parse(span, columns: columns, from: origin)) ?? rows
    _ = try? MappingTables.parse(span, of: rows, from: origin)
    _ = try? MappingDependencies.parse(span, of: rows, from: origin)
    _ = try? ThinPoolStatus.parse(span, from: origin)
    _ = SnapshotStatus.broken(span, from: origin)
    _ = try? DiskTransports.parse(bytes, from: origin)
    _ = try? UdevCookies.parse(span, from: origin)
    _ = try? LogicalVolume.parse(bytes, from: origin)
    _ = try? VolumeGroup.parse(bytes, from: origin)
    _ = try? PhysicalVolume.parse(bytes, from: origin)
    _ = LVMWarning.parse(span)
    _ = try? LVMSettings.parse(span, argv: nil, from: origin)
    _ = try? Storage.parse(span, from: origin)
    var known = (KnownLines(), KnownLines())
    _ = try? MachineConfiguration.parse(span, from: origin, knowing: &known.0)
    _ = try? ContainerConfiguration.parse(span, from: origin, knowing: &known.1)
    _ = try? GuestList.parse(bytes, from: origin)
    _ = try? Membership.parse(bytes, from: origin)
    _ = try? MachineProcess.parse(bytes, from: origin)
    _ = try? ContainerSocket.parse(span, from: origin)
    _ = try? ActiveTask.parse(span, from: origin)
    _ = try? HeldGuestLock.parse(bytes, from: origin)
    _ = try? ListedGuest.parseMachines(span, from: origin)
    _ = try? ListedGuest.parseContainers(span, from: origin)
    _ = try? DeviceUser.parse(bytes, from: origin)
    _ = try? DeviceLinks.parse(bytes, from: origin)
    _ = try? KernelMappingList(bytes, from: origin).mappings(selecting: nil)
    _ = try? MetadataBackup.parse(span, from: origin)
    _ = try? ISCSISession.parse(span, from: origin)
    _ = try? QuorumVotes.parse(span, from: origin)
    _ = HighAvailabilityResource.parse(span, from: origin)
    _ = try? MultipathMember.parse(span, from: origin)
    _ = try? ServiceStates.parse(span, argv: ["systemctl", "is-active", "a"], from: origin)
    _ = try? Versions.parsePVE(span, from: origin)
    _ = try? Versions.parsePackages(span, from: origin)
    _ = try? ProcessorTimes.parse(span, from: origin)
    _ = try? ProcFiles.uptimeSeconds(span, from: origin)
    _ = try? ProcFiles.load(span, from: origin)
    _ = try? ProcFiles.pressurePercent(span, from: origin)
    _ = try? ProcFiles.processors(span, from: origin)
    _ = try? MemoryUse.parse(span, from: origin)
    _ = try? NetworkTotals.parse(span, from: origin)
    _ = try? NodeMetrics.FilesystemUse.parse(span, from: origin)
    _ = try? NodeMetrics.ZpoolUse.parse(span, from: origin)
    _ = try? NodeMetrics.ProcessUse.parse(bytes, from: origin)
    _ = ConfigurationFile(entryPath: String(decoding: bytes.prefix(80), as: UTF8.self))
    _ = MappingName(decoding: String(decoding: bytes.prefix(80), as: UTF8.self))
  }

  private let rows =
    (try? MappingRow.parse(
      Capture("dmsetup-info/thin-local").bytes.span, columns: MappingColumns(argv: nil),
      from: EntryOrigin(entry: 0, path: ""))) ?? []

  @Test func `random bytes bring no parser down`() {
    for seed in UInt64(1)...300 {
      var random = SeededGenerator(seed: seed)
      let count = Int.random(in: 0...200, using: &random)
      // Half of them of the bytes that grammars are made of.
      let grammar = Array("{}[]\":,|;= \n\t-0159aLswI./\\x#\u{7F}".utf8)
      let isText = Bool.random(using: &random)
      let bytes = (0..<count).map { _ in
        isText
          ? grammar.randomElement(using: &random) ?? 0 : UInt8.random(in: 0...255, using: &random)
      }
      parseWithAll(bytes)
    }
  }

  @Test func `captures with bytes changed, cut out and put in bring no parser down`() {
    let captures = [
      "dmsetup-info/shared-thick", "dmsetup-table/thin-local", "dmsetup-deps/thin-local",
      "dmsetup-status/thin-local", "vgs/thin-local", "pvs/thin-local", "storage-cfg/thin-local",
      "guest-configs/vm-100", "guest-configs/ct-110", "pve-vmlist/thin-local",
      "pve-members/cluster", "container-sockets/thin-local", "qm-list/thin-local",
      "pct-list/thin-local", "lvmconfig/some", "multipath/two-maps", "load/thin-local",
      "memory/thin-local", "network-traffic/thin-local", "sysfs-dm/thin-local",
      "lvm-backup/thin-local", "iscsi-sessions/two", "ha-config/resources",
      "cluster-status/quorate",
    ].map { Capture($0).bytes }
    for seed in UInt64(1)...200 {
      var random = SeededGenerator(seed: seed)
      guard var bytes = captures.randomElement(using: &random) else { return }
      for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
        let place = bytes.indices.randomElement(using: &random) ?? 0
        switch Int.random(in: 0...3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + 20))
        case 2: bytes.insert(contentsOf: Array("99999999999999999999".utf8), at: place)
        default: bytes = Array(bytes[..<place])
        }
      }
      parseWithAll(bytes)
    }
  }

  /// Text that repeats one thing takes time by its length, not by its square.
  @Test func `a thing repeated twenty thousand times costs no more than each time`() throws {
    let count = 20_000
    let origin = EntryOrigin(entry: 0, path: "test")
    let snapshots = (0..<count).map { "[s\($0)]\nscsi0: a1:vm-1-disk-0\n" }.joined()
    let reopened = String(repeating: "[PENDING]\nscsi0: a1:x\nscsi0: a1:y\n", count: count)
    let clock = ContinuousClock()
    let spent = try clock.measure {
      for text in [snapshots, reopened, snapshots + reopened] {
        let bytes = Array(text.utf8)
        var known = (KnownLines(), KnownLines())
        _ = try MachineConfiguration.parse(bytes.span, from: origin, knowing: &known.0)
        _ = try ContainerConfiguration.parse(bytes.span, from: origin, knowing: &known.1)
      }
      let storages = Array(String(repeating: "lvm: a1\n\tvgname v1\n\n", count: count).utf8)
      #expect(try Storage.parse(storages.span, from: origin).count == 2)
      let devices = Array(("a: 0 8 odd" + (0..<count).map { " 8:\($0)" }.joined() + "\n").utf8)
      let rows = Array("a||253|0|0|1|0|L--w\n".utf8)
      let mappings = try MappingRow.parse(
        rows.span, columns: MappingColumns(argv: nil), from: origin)
      _ = try MappingTables.parse(devices.span, of: mappings, from: origin)
    }
    // Two orders of magnitude more than it takes; by the square it would be minutes.
    #expect(spent < .seconds(60))
  }
}

import BundleFormat
import NodeState
import Testing

@testable import Analysis

@Suite struct GroupTrustTests {
  private func trust(
    _ group: VolumeGroup = Make.group(volumes: 1),
    volumes: [LogicalVolume] = [Make.volume("vm-100-disk-0", sizeBytes: 0)],
    disks: [PhysicalVolume] = [Make.physicalVolume("/dev/sdb", device: "8:16")],
    warning: String? = nil, maps: Set<String> = []
  ) -> GroupTrust? {
    let lvm = LVMMetadata(
      volumes: .present(volumes), groups: .present([group]), physicalVolumes: .present(disks),
      warnings: warning.map { [LVMWarning(text: $0)] } ?? [])
    return GroupTrust.ofAll(in: lvm, hostname: "pve1", maps: maps)?[Make.id("san")]
  }

  private func isTrusted(_ trust: GroupTrust?) -> Bool {
    guard case .trusted? = trust else { return false }
    return true
  }

  @Test func `a group of which everything agrees is trusted`() {
    #expect(isTrusted(trust()))
    #expect(isTrusted(trust(Make.group(volumes: 1, systemID: "pve1", lockType: "none"))))
    let layer = Make.volume("data_tdata", sizeBytes: 0, isInternal: true)
    #expect(isTrusted(trust(Make.group(volumes: 0), volumes: [layer])))
  }

  @Test(arguments: [
    Make.group(volumes: 1, missing: 1), Make.group(volumes: 1, isPartial: true),
    Make.group(volumes: 1, isExported: true), Make.group(volumes: 1, systemID: "pve2"),
    Make.group(volumes: 1, lockType: "sanlock"), Make.group(volumes: nil),
    Make.group(volumes: 0), Make.group(volumes: 2), Make.group(physicalVolumes: 2, volumes: 1),
  ]) func `each sign that vgs shows distrusts it`(group: VolumeGroup) {
    #expect(!isTrusted(trust(group)))
  }

  @Test func `a missing or doubled disk distrusts it`() {
    #expect(!isTrusted(trust(disks: [])))
    #expect(!isTrusted(trust(disks: [Make.physicalVolume("[unknown]", isMissing: true)])))
    #expect(
      !isTrusted(trust(disks: [Make.physicalVolume("/dev/sdb", device: "8:16", isDuplicate: true)]))
    )
    // The copy is printed without a group.
    let copy = Make.physicalVolume("/dev/sdd", device: "8:48", of: nil, isDuplicate: true)
    #expect(!isTrusted(trust(disks: [Make.physicalVolume("/dev/sdb", device: "8:16"), copy])))
  }

  @Test(arguments: [
    "WARNING: VG san is missing PV disk.", "WARNING: Inconsistent metadata found for VG san.",
    "  /dev/sdb: Checksum error at offset 4096.", "san: something is wrong",
    "WARNING: PV \(Make.id("disk").grouped) on /dev/sdd was already found on /dev/sdb.",
    "Cannot process volume group san",
  ]) func `a warning that names the group or its disk distrusts it`(warning: String) {
    #expect(!isTrusted(trust(warning: warning)))
  }

  @Test(arguments: [
    "WARNING: VG san2 is missing PV x.", "WARNING: VG my-san is broken.",
    "WARNING: Cannot find matching striped segment for san/vm-100-disk-0.",
    "File descriptor 3 (pipe:[1]) leaked on lvs invocation.", "  /dev/sdb1: read failed", "",
  ]) func `a warning about something else leaves it trusted`(warning: String) {
    #expect(isTrusted(trust(warning: warning)))
  }

  @Test
  func
    `a volume on a path of the map, or on another of the group's disks, says nothing against it`()
  {
    let words = "WARNING: Device mismatch detected for san/vm-100-disk-0 which is accessing "
    let map = [Make.physicalVolume("/dev/mapper/mpatha", device: "253:0")]
    let onPaths = words + "/dev/sdd, /dev/sde instead of /dev/mapper/mpatha."
    #expect(isTrusted(trust(disks: map, warning: onPaths, maps: ["/dev/mapper/mpatha"])))
    #expect(LVMWarning(text: onPaths).isAboutLiveTable)
    let both = ["sdb", "sdc"].map { Make.physicalVolume("/dev/\($0)", device: "8:16", id: $0) }
    let moved = words + "/dev/sdb instead of /dev/sdc."
    #expect(
      isTrusted(trust(Make.group(physicalVolumes: 2, volumes: 1), disks: both, warning: moved)))
    // The group's disk may be a copy of the one that the volume is on.
    #expect(!isTrusted(trust(warning: words + "/dev/sdd instead of /dev/sdb.")))
    #expect(!isTrusted(trust(warning: "WARNING: Device mismatch detected for /dev/sdb instead")))
  }

  @Test func `a warning about one volume is told from those about others`() {
    let warning = LVMWarning(text: "WARNING: Cannot find segment for san/vm-100-disk-0.")
    #expect(warning.concernsVolume("vm-100-disk-0", of: "san"))
    #expect(!warning.concernsVolume("vm-100-disk-1", of: "san"))
    #expect(!warning.concernsVolume("vm-100-disk", of: "san"))
    #expect(!warning.concernsVolume("vm-100-disk-0", of: "an"))
  }

  @Test func `without one of the three reports no group is judged`() {
    let gap = Gap(source: .pvs, reason: "timed out")
    let lvm = LVMMetadata(
      volumes: .present([]), groups: .present([Make.group()]), physicalVolumes: .unavailable(gap),
      warnings: [])
    #expect(GroupTrust.ofAll(in: lvm, hostname: "pve1") == nil)
  }
}
